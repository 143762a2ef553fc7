"""Writing SVG: names and values escaped, numbers short, no style and no script."""

from html import escape

Attribute = str | float | int


def element(tag: str, /, *inside: str, **attributes: Attribute | None) -> str:
    """One element. ``class_`` is ``class``, ``text_anchor`` is ``text-anchor``; ``None`` is left out.

    ``inside`` is SVG already; plain words go through ``words``.
    """
    written = "".join(
        f' {_name(name)}="{escape(_value(value))}"' for name, value in attributes.items() if value is not None
    )
    return f"<{tag}{written}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{written}/>"


def words(text: str) -> str:
    """Plain text, made safe to stand inside an element."""
    return escape(text, quote=False)


def label(text: str, x: float, y: float, *, kind: str | None = None, anchor: str | None = None) -> str:
    """A line of text in a drawing."""
    return element("text", words(text), class_=kind, x=x, y=y, text_anchor=anchor)


def picture(
    box: tuple[float, float], name: str, title: str, desc: str, body: list[str], kind: str | None = None
) -> str:
    """A whole drawing with an accessible name and description."""
    return element(
        "svg",
        element("title", words(title), id=f"{name}-t"),
        element("desc", words(desc), id=f"{name}-d"),
        *body,
        class_=kind,
        viewBox=f"0 0 {_value(box[0])} {_value(box[1])}",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: Attribute) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return str(value)
