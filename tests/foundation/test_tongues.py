"""In which language somebody wrote, and words of ours around somebody's own."""

import pytest
from django.utils import translation

from commonweal.foundation.ui.framing import TO_END, said
from commonweal.foundation.ui.templatetags.ui import own, tongue
from commonweal.foundation.ui.tongues import tongue_of


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The shelf was empty when I came in the evening.", "en"),
        ("El estante estaba vacío cuando llegué por la tarde.", "es"),
        ("¿Quién abre los sábados?", "es"),
        ("We have done it since May. It takes two minutes a call.", "en"),
        ("No.", ""),
        ("Ferry Street Pantry", ""),
        ("La Mesa", ""),
        ("We call it “el cuarto de la comida” in our house, and it is the best we have.", "en"),
    ],
)
def test_the_small_words_tell_and_where_they_do_not_nothing_is_claimed(words: str, code: str) -> None:
    assert tongue_of(words) == code


def test_words_of_the_other_language_are_marked_and_those_of_the_page_are_not() -> None:
    english, spanish = "The bus does not run on Sundays.", "El autobús no pasa los domingos por la calle."
    with translation.override("es"):
        assert tongue(english) == ' lang="en"'
        assert tongue(spanish) == ""
        assert own("<b>The bus is late & so are we") == (
            '<span lang="en">&lt;b&gt;The bus is late &amp; so are we</span>'
        )
    with translation.override("en"):
        assert tongue(english) == ""
        assert tongue(spanish) == ' lang="es"'


def test_what_the_catalogs_say_in_the_readers_language_is_not_marked() -> None:
    with translation.override("es"):
        assert tongue("Nothing else follows.") == ""


def test_a_framed_title_is_kept_once_and_read_in_each_language() -> None:
    kept = TO_END % {"title": "Data sharing"}
    assert kept == "To be ended: Data sharing"
    with translation.override("es"):
        assert said(kept) == "Para terminar: Compartir datos"
        assert said(TO_END % {"title": "Words of nobody else"}) == "Para terminar: Words of nobody else"
    with translation.override("en"):
        assert said(kept) == kept
