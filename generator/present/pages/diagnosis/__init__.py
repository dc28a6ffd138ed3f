"""The diagnoses: their matrix, a page for each, and the blank questionnaire."""
