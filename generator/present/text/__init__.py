"""Words and numbers of one language: labels, formats, marked figures, prose, and how wide a text is."""
