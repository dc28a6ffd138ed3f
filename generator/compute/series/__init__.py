"""One series by itself: its values, their roll-up, what they are held against, and its control chart.

The lower floor of compute: it knows no pilot's pack, no change's effect and no edition, so the rules of
`check` may use it.
"""
