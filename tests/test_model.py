from hypothesis import given
from hypothesis import strategies as st

from reader.model import ROLES, Block, Blocks

blocks = st.lists(
    st.builds(Block, st.sampled_from(ROLES), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 255)), max_size=20
)


@given(blocks)
def test_packed_blocks_come_back_as_they_were(wanted):
    packed = Blocks(wanted)
    assert list(packed) == wanted
    assert Blocks.unpacked(packed.packed()) == packed
    assert [packed[i] for i in range(len(packed))] == wanted


def test_a_block_is_found_by_an_offset_in_it():
    packed = Blocks([Block(ROLES[0], 0, 5), Block(ROLES[1], 7, 9)])
    assert [packed.at(offset) for offset in (0, 4, 6, 7, 100)] == [0, 0, 0, 1, 1]
