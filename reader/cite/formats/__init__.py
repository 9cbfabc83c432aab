"""One file per export format; each is found by its presence (see `reader.cite.exchange`). A new format is one new file here."""
