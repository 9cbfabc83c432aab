"""What holds of every hit, whatever was searched for."""


def check_slices(library, hits):
    """A hit is a slice of its document inside its passage, and its marks lie inside it."""
    for hit in hits:
        text = library.read(hit.document).text
        assert text[hit.start : hit.end] == hit.sentence, hit
        assert text[hit.passage_start : hit.passage_end] == hit.passage, hit
        assert hit.passage_start <= hit.start < hit.end <= hit.passage_end, hit
        assert all(hit.start <= a < b <= hit.end for a, b in hit.matches), hit
        assert 0 <= hit.score <= 100, hit
