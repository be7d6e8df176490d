"""The page of changes: its template, style, script and words."""
