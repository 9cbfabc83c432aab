"""ROOM: query -> ranked hits. Owns planning, candidates, ranking and the words that say why. Pure: it looks things up through `ports.Postings` and never opens a database."""
