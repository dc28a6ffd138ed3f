"""The pilots: their index, a page for each, and the people side."""
