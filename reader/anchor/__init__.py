"""ROOM: span -> Anchor, and Anchor + new text -> span. Pure. Refuses to guess: what is not certain is an orphan."""
