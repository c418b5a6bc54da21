"""Elements of SVG as escaped text."""

from __future__ import annotations

from markupsafe import Markup, escape

Value = str | int | float


def element(name: str, *inner: Markup | str, **attributes: Value | None) -> Markup:
    """``<name ...>inner</name>``; text is escaped, an attribute's trailing underscore and None are left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = Markup("").join(inner)
    return Markup(f"<{name}{told}>{body}</{name}>") if inner else Markup(f"<{name}{told}/>")


def _short(value: Value) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def drawing(*inner: Markup, width: float, height: float, label: str, kind: str = "") -> Markup:
    """The whole picture, with its meaning for those who cannot see it."""
    return element(
        "svg",
        element("title", label),
        *inner,
        class_=f"chart {kind}".strip(),
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        role="group",
        aria_label=label,
        direction="ltr",
    )


def linked(address: str, title: str, *inner: Markup) -> Markup:
    """A link with a title that shows on hovering."""
    return element("a", element("title", title), *inner, href=address, aria_label=title)
