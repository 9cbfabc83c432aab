"""One file per format; each is found by its presence (see `reader.ingest.read`). A new format is one new file here."""
