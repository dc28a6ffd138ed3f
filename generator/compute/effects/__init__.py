"""Did a change work: before and after compared, guardrails held against the gain, what may be said of it."""
