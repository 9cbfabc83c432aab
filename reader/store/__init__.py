"""ROOM: SQLite behind the ports; the only place that opens a database. Owns schemas, migrations, durability. Refuses to know what the data mean."""
