"""Reading by a mapping, and refusing what is none."""

import pytest

from commonweal.exchange.hsds.mapping import Target, read_mapping
from commonweal.kernel.errors import BadInput

MAPPING = """
# a comment
providers.csv:
  columns:
    Provider ID:
      - model: organizations
        field: id
        required: true
      - model: phones
        field: organization_id
    "Name: official":
      model: organizations
      field: name
    Steps:
      model: services
      field: application_process
      append: true
"""


def test_a_mapping_is_read(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING)

    assert read_mapping(path) == {
        "providers.csv": {
            "Provider ID": [Target("organizations", "id"), Target("phones", "organization_id")],
            "Name: official": [Target("organizations", "name")],
            "Steps": [Target("services", "application_process", append=True)],
        }
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "a.csv:\n  x: y",
        "a.csv:\n  columns:\n    A:\n      model: m\n",
        "- a\n- b",
        "a:\n" * 3,
        "a.csv:\n  columns:\n    A: b\n",
        "aaaa: &x *x",
    ],
)
def test_what_is_no_mapping_is_refused(tmp_path, text):
    path = tmp_path / "mapping.yaml"
    path.write_text(text)

    with pytest.raises(BadInput):
        read_mapping(path)


def test_deep_nesting_is_refused_at_once(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text("\n".join(" " * n + "a:" for n in range(2000)))

    with pytest.raises(BadInput):
        read_mapping(path)


def test_a_foreign_table_comes_in_by_its_mapping(bring_in, deliver, tmp_path):
    church = {"No": "7", "Who": "Hope Street Church", "Call": "555-555-0100 x12"}
    folder = deliver("shelter-list", shelters=[church | {"Where": "1 Main St, Alderton, NY 10000"}])
    (tmp_path / "mapping.yaml").write_text(
        "shelters.csv:\n  columns:\n"
        "    No:\n      - model: organizations\n        field: id\n      - model: phones\n"
        "        field: organization_id\n      - model: postal_addresses\n        field: organization_id\n"
        "    Who:\n      model: organizations\n      field: name\n"
        "    Call:\n      model: phones\n      field: number\n"
        "    Where:\n      model: postal_addresses\n      field: address_1\n"
    )

    report = bring_in(folder, tmp_path / "mapping.yaml")

    made = {kind: counts.created for kind, counts in report.by_type.items() if counts.created}
    assert made == {"organization": 1, "location": 1, "address": 1, "phone": 1}
    assert report.source == "shelter-list"
