"""Whatever ends a block, an interrupt as well, leaves the file as it was and no connection open."""

import sqlite3

import pytest

from reader.errors import StoreError
from reader.store.database import Database, Schema

TABLE = ["CREATE TABLE clocks(name)"]
SCHEMA = Schema(4711, [TABLE], "NORMAL")
BROKEN = Schema(4711, [TABLE, ["INSERT INTO clocks VALUES('half')", "INSERT INTO nowhere VALUES(1)"]], "NORMAL")
ENDS = [KeyboardInterrupt, SystemExit, GeneratorExit, ValueError]


@pytest.fixture
def opened(monkeypatch):
    """Every connection that is made."""
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def recording(*arguments, **options):
        made.append(connect(*arguments, **options))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", recording)
    return made


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "clocks.db", SCHEMA)
    yield made
    made.close()


def is_closed(connection):
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def clocks(database):
    with database.reading("look") as connection:
        return [name for (name,) in connection.execute("SELECT name FROM clocks")]


@pytest.mark.parametrize("end", ENDS)
def test_a_write_that_is_broken_off_is_undone_and_holds_nobody_up(database, end):
    def break_off():
        with database.writing("wind") as connection:
            connection.execute("INSERT INTO clocks VALUES('half')")
            raise end

    with pytest.raises(end):
        break_off()
    assert not database.connection().in_transaction
    assert clocks(database) == []
    with database.writing("wind") as connection:
        connection.execute("INSERT INTO clocks VALUES('whole')")
    assert clocks(database) == ["whole"]


def test_a_commit_that_is_refused_is_undone(database):
    with database.writing("wind") as connection:
        connection.execute("CREATE TABLE hands(clock REFERENCES keys(id) DEFERRABLE INITIALLY DEFERRED)")
        connection.execute("CREATE TABLE keys(id PRIMARY KEY)")
    with pytest.raises(StoreError, match=r"wind: .*FOREIGN KEY"), database.writing("wind") as connection:
        connection.execute("INSERT INTO hands VALUES(1)")
    assert not connection.in_transaction


def test_a_write_inside_another_is_refused_and_the_outer_one_goes_on(database):
    with database.writing("wind") as connection:
        connection.execute("INSERT INTO clocks VALUES('outer')")
        with pytest.raises(StoreError, match="within a transaction"), database.writing("wind"):
            pass
        assert connection.in_transaction
    assert clocks(database) == ["outer"]


def test_what_sqlite_has_undone_itself_is_told_by_its_own_error(database):
    with database.writing("wind") as connection:
        connection.execute("CREATE UNIQUE INDEX names ON clocks(name)")
    with pytest.raises(StoreError, match="UNIQUE"), database.writing("wind") as connection:
        connection.execute("INSERT OR ROLLBACK INTO clocks VALUES('a'), ('a')")
    assert clocks(database) == []


def test_a_migration_that_fails_leaves_the_file_as_it_was_and_no_connection(tmp_path, opened):
    first = Database(tmp_path / "clocks.db", SCHEMA)
    first.close()
    with pytest.raises(StoreError, match="nowhere"):
        Database(tmp_path / "clocks.db", BROKEN)
    assert len(opened) == 2
    assert all(map(is_closed, opened))
    again = Database(tmp_path / "clocks.db", SCHEMA)
    assert not again.read_only
    assert clocks(again) == []
    again.close()


@pytest.mark.parametrize("end", ENDS)
def test_an_opening_that_is_broken_off_leaves_no_connection(tmp_path, opened, end):
    Database(tmp_path / "clocks.db", SCHEMA).close()

    def breaking_off(_):
        raise end

    with pytest.raises(end):
        Database(tmp_path / "clocks.db", BROKEN, before_migration=breaking_off)
    assert len(opened) == 2
    assert all(map(is_closed, opened))


def test_a_connection_that_cannot_be_set_up_is_closed_at_once(tmp_path, opened):
    database = Database(tmp_path / "clocks.db", SCHEMA)
    database.close()
    database.schema = Schema(4711, [TABLE], "no such word(")
    with pytest.raises(sqlite3.OperationalError):
        database.connection()
    assert is_closed(opened[-1])


def test_what_was_opened_stays_open(tmp_path, opened):
    database = Database(tmp_path / "clocks.db", SCHEMA)
    with database.writing("wind") as connection:
        assert opened == [connection]
    assert not is_closed(connection)
    database.close()
    assert is_closed(connection)
