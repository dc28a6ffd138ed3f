"""The processes: their index and a page for each."""
