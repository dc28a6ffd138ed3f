"""The cases: index, each case, the evidence over all changes, and the collection as a site of its own."""
