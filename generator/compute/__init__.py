"""The numbers, on two floors: each series by itself, and above it what is told of pilots and the handbook.

`series` is the lower floor: values, roll-up, bars, status, control charts. `processes` and `effects` stand on
it: how long a case takes, and whether a change worked. `figures` puts all of it together for a handbook, an
edition and a period. `insight` asks the figures: scores by quarter, agendas, evidence, proposals.
"""
