"""Other formats than our own, out and in."""
