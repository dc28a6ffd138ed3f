"""Where the pages go: MkDocs, a plain Markdown tree, a staged build that is swapped in."""
