"""A second reckoning of what the pages say, from the files in `data/` alone.

Nothing here imports the product: the formulas are those of docs/computations.md, written again in plain
Python with exact fractions, so that a fault of the product is not repeated.
"""
