"""What the reader sees: pages of ready HTML in one language, with their charts, maps and words."""
