"""DOOR: the window. The only place that imports textual or rich. Widgets show values and post messages; the screen answers with Library calls."""
