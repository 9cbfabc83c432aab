"""pullquote: a terminal reading room for saved articles. This is the map of the house.

    cli/        door    arguments in, lines or JSON out, exit codes
    cli/plain/  door    the window as a conversation in lines, for screen readers and terminals that only print
    tui/        door    the window; the only place that imports textual or rich
    library.py  hall    class Library: the verbs of the product
    hall/       hall    what stands behind those verbs: each file joins rooms for one noun
    ingest/     room    bytes -> Document
    quotes/     room    text -> quotes with speakers; names -> people (pure)
    anchor/     room    span -> Anchor, and Anchor + new text -> span (pure)
    search/     room    query -> ranked hits (pure; looks things up through a port)
    cite/       room    notes and documents -> citations and export formats (pure)
    store/      room    SQLite behind the ports; the only place that opens a database
    ports.py spoken.py model.py blocks.py text.py errors.py paths.py    ground: what every room may know

Doors know the hall, the hall knows the rooms, rooms know the ground, and rooms never know each other.
"""

__version__ = "0.1.0"
