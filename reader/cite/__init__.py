"""ROOM: documents and notes -> citations and export formats, one file per format. Pure: it returns text and never opens a file."""
