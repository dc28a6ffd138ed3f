"""Figures straight from the systems that hold them: sources, queries, and what they answer."""
