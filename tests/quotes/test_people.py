"""Who is who across documents."""

from hypothesis import given
from hypothesis import strategies as st

from reader.quotes.names import key, parse
from reader.quotes.people import identify
from reader.spoken import Attribution, Named, Rulings, Spelling


def known(*names, where=None, rulings=None, person=True):
    """People of these names; `where` says which documents quote a name."""
    return identify(
        [Named(name, 1, person) for name in names], lambda asked: {n: (where or {}).get(n, ()) for n in asked}, rulings or Rulings()
    )


def groups(people):
    """The spellings of each person together."""
    found: dict[int, set[str]] = {}
    for name, number in people.means.items():
        found.setdefault(number, set()).add(name)
    return sorted(map(sorted, found.values()))


def said(name, person=None, document=None):
    return Spelling(key(name), name, person, document)


def test_initials_and_bare_last_names_join_the_only_full_name():
    people = known("S. Invented", "Sonia Invented", "Invented", "INVENTED", "Sónia Invented")
    assert len(people.persons) == 1
    assert people.persons[0].name in ("Sonia Invented", "Sónia Invented")


def test_titles_suffixes_and_middle_initials_do_not_count():
    people = known("Rep. Rosa M. Imaginary, Jr.", "Rosa Imaginary", "Senator Imaginary", "Rosa J. Imaginary")
    assert len(people.persons) == 1


def test_full_names_that_differ_are_different_people():
    assert len(known("Rosa Imaginary", "Rita Imaginary").persons) == 2
    assert len(known("Rosa Maria Imaginary", "Rosa Jane Imaginary").persons) == 2


def test_an_initial_that_fits_one_of_two_joins_that_one():
    assert groups(known("Rosa Imaginary", "Tom Imaginary", "T. Imaginary")) == [["Rosa Imaginary"], ["T. Imaginary", "Tom Imaginary"]]


def test_a_contested_name_stays_alone():
    assert ["Imaginary"] in groups(known("Rosa Imaginary", "Tom Imaginary", "Imaginary"))


def test_a_contested_name_goes_with_the_one_of_the_same_document():
    where = {"Rosa Imaginary": ["d1", "d3"], "Tom Imaginary": ["d2", "d3"], "Imaginary": ["d1", "d2", "d3", "d4"]}
    people = known(*where, where=where)
    who = [people.who("Imaginary", document) for document in ("d1", "d2", "d3", "d4")]
    assert who[:2] == [people.means["Rosa Imaginary"], people.means["Tom Imaginary"]]
    assert who[2] == who[3] == people.means["Imaginary"]
    assert people.who("Nobody", "d1") is None


def test_mr_and_ms_of_one_last_name_are_two():
    people = known("Mr. Imaginary", "Ms. Imaginary", "Rosa Imaginary")
    assert len(people.persons) == 3
    assert len(known("Ms. Imaginary", "Rosa Imaginary").persons) == 1


def test_unnamed_people_and_organisations_join_nobody():
    assert len(known("One MP", "MP", "a spokesman", "the spokesman", "Ada Spokesman").persons) == 5
    assert groups(known("the Harbour Board", "Harbour Board", "Board", person=False)) == [["Board"], ["Harbour Board", "the Harbour Board"]]


def test_a_name_without_letters_or_in_another_script_is_a_name():
    assert len(known("王小明", "王小明", "?", "...").persons) == 3


def test_what_the_user_joined_is_one_and_called_so():
    people = known("Bob Imaginary", "Robert Imaginary", "Imaginary", rulings=Rulings((said("Bob Imaginary", "Robert Imaginary"),)))
    assert groups(people) == [["Bob Imaginary", "Imaginary", "Robert Imaginary"]]
    assert people.persons[people.means["Imaginary"]].name == "Robert Imaginary"


def test_a_name_nobody_had_before_may_be_given():
    people = known("Bob Imaginary", rulings=Rulings((said("Bob Imaginary", "Robert the Invented"),)))
    assert people.persons[people.means["Bob Imaginary"]].name == "Robert the Invented"


def test_what_the_user_parted_is_apart():
    people = known("R. Imaginary", "Rosa Imaginary", rulings=Rulings((said("R. Imaginary"),)))
    assert groups(people) == [["R. Imaginary"], ["Rosa Imaginary"]]


def test_a_name_is_parted_in_one_document():
    where = {"Rosa Imaginary": ["d1", "d2"]}
    people = known("Rosa Imaginary", where=where, rulings=Rulings((said("Rosa Imaginary", document="d2"),)))
    one, other = people.who("Rosa Imaginary", "d1"), people.who("Rosa Imaginary", "d2")
    assert one != other
    assert people.persons[other].document == "d2"
    assert people.alone == [other]
    people = known("Rosa Imaginary", "Sam", where=where, rulings=Rulings((said("Rosa Imaginary", "Sam", "d2"),)))
    assert people.who("Rosa Imaginary", "d2") == people.means["Sam"]
    assert people.alone == []


def test_saying_of_one_document_what_is_so_anyhow_changes_nothing():
    where = {"Rosa Imaginary": ["d1"], "R. Imaginary": ["d1"]}
    people = known(*where, where=where, rulings=Rulings((said("R. Imaginary", "Rosa Imaginary", "d1"),)))
    assert groups(people) == [["R. Imaginary", "Rosa Imaginary"]]
    assert set(people.persons[0].names) == set(where)


def test_rulings_on_names_that_are_gone_do_no_harm():
    rulings = Rulings((said("Gone Away", "Elsewhere"), said("Gone Away", None, "d1")), (Attribution("d1", "words", 1, "Ada New"),))
    people = known("Rosa Imaginary", rulings=rulings)
    assert people.who("Ada New", "d1") is not None


def test_whom_somebody_means_who_types_a_name():
    people = known("Rosa Imaginary", "R. Imaginary", "Tom Invented", "Rosa Quay", "Union of Imaginary Workers")
    names = {
        typed: sorted(people.persons[n].name for n in people.meant(typed)) for typed in ("imaginary", "ROSA", "t invented", "imag", "x", "")
    }
    assert names["imaginary"] == ["Rosa Imaginary", "Union of Imaginary Workers"]
    assert names["ROSA"] == ["Rosa Imaginary", "Rosa Quay"]
    assert names["t invented"] == ["Tom Invented"]
    assert names["imag"] == names["imaginary"]
    assert names["x"] == names[""] == []


pieces = st.sampled_from("Rosa Rita R. Sónia S. Imaginary Invented Quay von de Mr. Ms. Dr. Jr. MARIA M. the a One 王小明 - '".split())
spellings = st.lists(pieces, min_size=1, max_size=4).map(" ".join) | st.text(max_size=12)
documents = st.sampled_from(["d1", "d2", "d3"])
names = spellings.filter(key)
rulings = st.lists(st.builds(said, names, st.none() | names, st.none() | documents), max_size=4).map(lambda of: Rulings(tuple(of)))


@given(st.lists(st.tuples(spellings, documents), max_size=14), rulings)
def test_everybody_is_somebody_in_every_document_in_any_order(quoted, ruled):
    where: dict[str, set[str]] = {}
    for name, document in quoted:
        where.setdefault(name, set()).add(document)
    people = known(*where, where=where, rulings=ruled)
    turned = known(*reversed(where), where=where, rulings=ruled)
    for name, of in where.items():
        for document in of:
            number = people.who(name, document)
            assert number is not None
            assert name in people.persons[number].names
            assert name in people.spellings([number])
    assert all(key(person.name) for person in people.persons if any(map(key, person.names)))
    if not ruled.spellings:
        assert groups(people) == groups(turned)


@given(spellings)
def test_a_name_taken_apart_says_the_same_in_any_case(name):
    assert key(key(name)) == key(name)
    parsed = parse(name)
    assert parsed.label or parsed.last
    assert known(name, name.upper()).persons


@given(
    st.lists(
        st.sampled_from(["Rosa Imaginary", "R. Imaginary", "Imaginary", "Rep. Imaginary", "Rosa M. Imaginary"]), min_size=1, unique=True
    )
)
def test_spellings_that_nothing_contradicts_are_one(names):
    assert len(known(*names).persons) == 1
