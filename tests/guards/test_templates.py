"""Every template can be read: a panel that nobody opened in a test would fail the page that it stands on."""

from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines
from tests.guards.walk import SOURCE


def _templates() -> list[str]:
    found: list[str] = []
    for home in sorted(Path(SOURCE).glob("*/templates")) + sorted(Path(SOURCE).glob("*/*/templates")):
        found += [
            str(page.relative_to(home))
            for page in sorted(home.rglob("*"))
            if page.suffix in (".html", ".txt")
        ]
    return found


def test_every_template_can_be_read() -> None:
    engine, faults = engines["django"], {}
    names = _templates()
    for name in names:
        try:
            engine.get_template(name)
        except TemplateSyntaxError as fault:
            faults[name] = str(fault)
    assert faults == {}
    assert len(names) > 200


def test_a_template_that_cannot_be_read_is_noticed() -> None:
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string(
            "{% load i18n %}{% blocktranslate count n=1 of=2 %}a{% plural %}b{% endblocktranslate %}"
        )
