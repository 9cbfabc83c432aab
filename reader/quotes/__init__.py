"""ROOM: text -> quotes with their speakers; names of many documents -> people. Pure. Owns what counts as speech and who is who; refuses to know stores and queries."""
