"""What makes the pages an organisation's own: logo, colours, the line at their foot."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.model.colour import NIGHT, WHITE, readable, shade
from generator.model.handbook import Handbook
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class BrandLook:
    """Of one language's pages."""

    logo: str | None
    footer: Markup
    css: str


def brand_of(form: Format, handbook: Handbook) -> BrandLook | None:
    """The handbook's brand in the language of a format; None without one."""
    given = handbook.brand
    if given is None:
        return None
    parts = [Markup("{}").format(form.text(given.footer))] if given.footer else []
    if given.contact:
        parts.append(Markup('<a href="{}">{}</a>').format(given.contact, form.words("brand.contact")))
    return BrandLook(given.logo, Markup(" · ").join(parts), _css(given.primary, given.accent))


def _css(primary: str | None, accent: str | None) -> str:
    """The variables of both palettes; at night links are lighter, the header as by day.

    A colour that mkdocs.yml names in its palette goes before that of the brand, as its logo does.
    """
    rules: list[tuple[str, str, tuple[str, ...]]] = []
    if primary:
        header = (
            f"--md-primary-fg-color: {primary};",
            f"--md-primary-fg-color--light: {shade(primary, 255, 0.15)};",
            f"--md-primary-fg-color--dark: {shade(primary, 0, 0.3)};",
        )
        rules += [(scheme, "primary", header) for scheme in ("default", "slate")]
    if accent:
        for scheme, links in (("default", readable(accent, WHITE)), ("slate", readable(accent, NIGHT))):
            shown = accent if scheme == "default" else links
            said = (f"--md-accent-fg-color: {shown};", f"--md-typeset-a-color: {links};")
            rules.append((scheme, "accent", said))
    return "".join(
        f'[data-md-color-scheme="{scheme}"]:where([data-md-color-{kind}="custom"]) {{ {" ".join(said)} }}\n'
        for scheme, kind, said in rules
    )
