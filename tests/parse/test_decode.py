import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.parse.decode import NameDecoder, heads_of, one_root_tree

SEEDS = st.integers(0, 10_000)
settings.register_profile("busy", deadline=None)
settings.load_profile("busy")


def is_tree(heads: list[int]) -> bool:
    """Whether heads (place 0 the root) are a tree with one root."""
    if sum(head == 0 for head in heads[1:]) != 1:
        return False
    for start in range(1, len(heads)):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at], steps + 1
        if at:
            return False
    return True


@given(SEEDS, st.integers(2, 14))
def test_the_repaired_heads_are_a_tree_with_one_root(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    assert is_tree(one_root_tree(scores).tolist())


@settings(max_examples=25)
@given(SEEDS)
def test_the_tree_is_the_best_of_all_trees(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 4)).astype(np.float32)

    def total(heads: tuple[int, ...]) -> float:
        return sum(float(scores[d, h]) for d, h in enumerate(heads) if d)

    trees = [(0, a, b, c) for a in range(4) for b in range(4) for c in range(4) if is_tree([0, a, b, c])]
    best = tuple(one_root_tree(scores).tolist())
    assert abs(total(best) - max(map(total, trees))) < 1e-4


@given(SEEDS)
def test_heads_stay_in_their_sentence(seed: int) -> None:
    arcs = np.random.default_rng(seed).normal(size=(2, 9, 9)).astype(np.float32)
    sentence = np.array([[-1, 0, 0, 0, 1, 1, 1, 1, 1], [-1, 0, 0, 1, 1, 2, -1, -1, -1]])
    heads = heads_of(arcs, sentence)
    for row, numbers in zip(heads, sentence, strict=True):
        for number in range(numbers.max() + 1):
            places = np.flatnonzero(numbers == number)
            local = {int(p): i + 1 for i, p in enumerate(places)} | {0: 0}
            assert is_tree([0, *(local[int(row[p])] for p in places)])
        assert (row[numbers < 0] == 0).all()


def test_a_name_cannot_go_on_that_did_not_begin() -> None:
    decoder = NameDecoder(["O", "B-ORG", "I-ORG"])
    scores = np.log(np.array([[[0.1, 0.1, 0.8], [0.4, 0.1, 0.5], [0.8, 0.1, 0.1]]], np.float32))
    tags = decoder(scores, np.zeros((1, 3), bool))[0]
    assert decoder.spans(tags.tolist()) == [(0, 2, "ORG")]


def test_no_name_runs_over_a_sentence_start() -> None:
    decoder = NameDecoder(["O", "B-ORG", "I-ORG"])
    scores = np.log(np.array([[[0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]], np.float32))
    tags = decoder(scores, np.array([[True, True]]))[0]
    assert all(last - first == 1 for first, last, _ in decoder.spans(tags.tolist()))
