"""Process maps: layout in plain Python, drawn from a template."""
