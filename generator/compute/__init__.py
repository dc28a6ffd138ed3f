"""The numbers: series and roll-ups, attainment, scores, and where indicators are used."""
