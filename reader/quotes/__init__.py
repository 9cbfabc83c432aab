"""ROOM: text -> quotes: marks, what is speech, and who said it. Pure; refuses files, stores and models to download."""
