"""Charts in templates: ``{% load charts %}{% drawings chart %}`` inside ``<figure class="chart">``."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from commonweal.foundation.ui.charts import Chart, Drawing

register = template.Library()


@register.simple_tag
def drawings(chart: Chart) -> SafeString:
    """Both drawings; the stylesheet shows the one that fits."""
    return mark_safe(chart.svg(Drawing.WIDE) + chart.svg(Drawing.NARROW))  # noqa: S308 — escaped where written


@register.simple_tag
def drawing(chart: Chart) -> SafeString:
    """The one drawing of a chart without words in it: a small multiple, a ring."""
    return mark_safe(chart.svg())  # noqa: S308 — escaped where written
