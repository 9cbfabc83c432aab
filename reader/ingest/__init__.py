"""ROOM: bytes -> Document. Owns scanning, decoding, one file per format, and the roles of blocks. Refuses to know stores, search and notes."""
