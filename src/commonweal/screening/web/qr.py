"""A link as a square that a phone can read."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_of(url: str) -> SafeString:
    """The QR code of ``url`` as SVG, dark on light in both themes, since readers expect that."""
    drawing = io.BytesIO()
    segno.make(url, error="m").save(
        drawing,
        kind="svg",
        xmldecl=False,
        border=3,
        omitsize=True,
        dark="#231a24",
        light="#fff",
        svgclass="qr",
    )
    # Made by us from a URL of our own; segno writes numbers and the class name, nothing of the URL.
    return mark_safe(drawing.getvalue().decode())  # noqa: S308
