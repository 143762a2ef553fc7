"""Founding a table under a charter from the command line."""

from tests.site.test_commands import Run, command

__all__ = ["command"]


def test_charters_are_listed_without_a_database(command: Run) -> None:
    said = command("charters")
    assert said.returncode == 0, said.stderr
    assert "north-carolina\n" in said.stdout
    assert "Cottage Grove, Greensboro" in said.stdout


def test_a_table_is_founded_under_a_charter_once(command: Run) -> None:
    unknown = command("setup", "--charter", "oregon")
    assert unknown.returncode == 2
    assert "name one of alder, central-oregon" in unknown.stderr
    assert command("setup", "--charter", "alder", "--bylaws-from", "soon").returncode == 2

    words = ("setup", "--name", "Our Table", "--backbone", "Our Commons", "--charter", "cottage-grove")
    first = command(*words, "--language", "es")
    assert first.returncode == 0, first.stderr
    assert "2 bodies and 14 seats founded" in first.stdout
    assert "Until then you found the table" in first.stdout
    again = command(*words)
    assert again.returncode == 0, again.stderr
    assert "0 bodies and 0 seats founded" in again.stdout
    assert "Bylaws were laid down before" in again.stdout
