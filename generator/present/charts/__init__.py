"""Charts: one Altair factory a kind, drawn as SVG at build time."""
