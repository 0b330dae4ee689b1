"""People, institutions and who works where; import of lists. The lowest floor of the workspace: it knows no other feature."""
