"""One file per export format; each is found by its presence (see `reader.cite.export`). A new format is one new file here."""
