"""DOOR: the command line. Arguments in, lines or JSON Lines out, exit codes; one file per group of verbs. Refuses to think: every verb is a Library call."""
