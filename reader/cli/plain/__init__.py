"""The window without a screen: one command a line, answers as lines, for screen readers, braille displays and terminals that only print."""
