"""The indicator handbook: definitions, results and prose become a bilingual site.

The stages, each of which imports only earlier ones:

problems   where something stands in a file, what was found, what to do
model      what may be said: one module a file kind, texts, periods, durations
load       bytes to values with marks, values to the model
check      the method's rules
compute    numbers: series, attainment, scores
present    what the reader sees: pages, charts, maps, words
site       where it goes: MkDocs, a plain Markdown tree, the staged build
exchange   other people's formats; uses load, model and compute

`pipeline` runs them in order, `cli` is the `handbook` command.
"""

__version__ = "0.1.0"
