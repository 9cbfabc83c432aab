"""HALL: what stands behind the verbs of `reader.library.Library`, one file per noun. Joins rooms; holds no method of its own that a room could own."""
