"""Beginning a demo anew."""

from pathlib import Path

import pytest

from commonweal.site.cli import running


def test_a_fresh_demo_forgets_that_the_old_one_was_seeded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONWEAL_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "heads").write_text("of a database that is gone")
    (tmp_path / "demo-seeded").write_text("done\n")
    (tmp_path / "keys").mkdir()
    running._discard()
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.endswith(".lock")) == ["keys"]
