"""The library of indicators: index, each indicator, tree, changes, quality, and the strategy it serves."""
