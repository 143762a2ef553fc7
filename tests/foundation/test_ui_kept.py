"""Parts of pages that are rendered once for each language and a few values."""

from django.template import engines
from django.utils import translation


def _shown(source: str, *contexts: dict[str, object]) -> list[str]:
    template = engines["django"].from_string("{% load ui i18n %}" + source)
    return [template.render(context) for context in contexts]


def test_a_kept_part_follows_the_values_it_names() -> None:
    source = "{% kept tab %}<b>{{ tab }}</b>{% endkept %} {{ name }}"
    first, other, again = _shown(
        source, {"tab": "a", "name": "Ana"}, {"tab": "b", "name": "Bo"}, {"tab": "a", "name": "Cy"}
    )
    assert (first, other, again) == ("<b>a</b> Ana", "<b>b</b> Bo", "<b>a</b> Cy")


def test_a_kept_part_is_rendered_once_for_the_same_values() -> None:
    asked: list[int] = []
    counted = {"tab": "a", "costly": lambda: asked.append(1) or "x"}
    assert _shown("{% kept tab %}{{ costly }}{% endkept %}", counted, counted) == ["x", "x"]
    assert asked == [1]


def test_each_language_has_its_own() -> None:
    template = engines["django"].from_string(
        '{% load ui i18n %}{% kept %}{% translate "Need" %}{% endkept %}'
    )
    with translation.override("en"):
        english = template.render({})
    with translation.override("es"):
        spanish = template.render({})
    assert english == "Need" != spanish


def test_a_kept_part_forgets_before_it_grows_without_end() -> None:
    from commonweal.foundation.ui.templatetags.ui import Kept

    template = engines["django"].from_string("{% load ui %}{% kept tab %}{{ tab }}{% endkept %}")
    for number in range(Kept.MOST + 5):
        assert template.render({"tab": number}) == str(number)
    node = next(n for n in template.template.nodelist if isinstance(n, Kept))
    assert len(node._known) <= Kept.MOST


def test_words_are_escaped_in_a_kept_part() -> None:
    assert _shown("{% kept name %}{{ name }}{% endkept %}", {"name": "<i>"}) == ["&lt;i&gt;"]
