"""What makes a document readable by a screen reader and fit for an archive: tags, metadata, colours, the record inside.

The PDF writer knows none of it, so this layer stands on its hooks: `structure` is the tree of elements, `page` brackets
what is drawn, `flowables` and `cells` are paragraphs, figures and tables that tag themselves, `tree` and `archive` write
what was gathered (PDF/UA-1, ISO 14289-1; PDF/A-3a, ISO 19005-3).
"""
