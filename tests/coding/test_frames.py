"""The frame lexicon: what a file may say, and what is said of a wrong one."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import codebook
from dragoman.coding.frames import LexiconError, check, lexicon, read


def load(*frames: dict[str, Any], classes: dict[str, str] | None = None) -> Any:
    return read([("mine.toml", {"frame": list(frames), "class": classes or {}})], codebook())


def test_the_shipped_lexicon_covers_every_type() -> None:
    known = lexicon()
    types = {f.type for some in known.frames.values() for f in some}
    assert types == set(codebook().types)
    assert known.size >= 700


def test_no_shipped_word_has_two_types_under_the_same_conditions() -> None:
    assert not [line for line in check() if line.startswith("same word") and ":n" in line]


def test_a_list_of_words_is_a_frame_of_each() -> None:
    known = load({"type": "ASSAULT", "verb": ["strafe", "blow up"]})
    assert known.size == 2
    assert known.of("verb", "blow")[0].particle == "up"


def test_more_demanding_frames_come_first() -> None:
    known = load(
        {"type": "AID", "verb": "send"}, {"type": "MOBILIZE", "verb": "send", "needs": {"obj": "troop"}, "weight": 0.2}
    )
    assert [f.type for f in known.of("verb", "send")] == ["MOBILIZE", "AID"]


def test_classes_stand_for_their_words() -> None:
    known = load({"type": "AID", "verb": "send", "needs": {"obj": "@food tent"}}, classes={"food": "rice wheat"})
    assert known.of("verb", "send")[0].needs[0].words == {"rice", "wheat", "tent"}


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ({"type": "ATTACK", "verb": "hit"}, "type 'ATTACK'"),
        ({"type": "AID", "mode": "gift", "verb": "give"}, "no mode 'gift'"),
        ({"type": "AID"}, "expected one of verb, noun, adj"),
        ({"type": "AID", "verb": "give", "recipent": ["obj"]}, "unknown key"),
        ({"type": "AID", "verb": "give", "recipient": ["object"]}, "no such slot 'object'"),
        ({"type": "AID", "verb": "give", "needs": {"object": "aid"}}, "no such condition 'object'"),
        ({"type": "AID", "verb": "give", "needs": {"obj": "@food"}}, "no word class @food"),
        ({"type": "AID", "verb": "give", "weight": 2}, "above 0 up to 1"),
        ({"type": "AID", "verb": "give", "contexts": ["weather"]}, "no such context"),
        ({"type": "AID", "verb": []}, None),
        ({"type": "AID", "verb": 3}, "expected a word"),
    ],
)
def test_a_wrong_frame_is_named(frame: dict[str, Any], says: str | None) -> None:
    if says is None:
        assert load(frame).size == 0
        return
    with pytest.raises(LexiconError, match=r"mine\.toml: frame 1") as error:
        load(frame)
    assert says in str(error.value)


def test_a_users_folder_adds_frames(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[[frame]]\ntype = "PROTEST"\nverb = "floof"\n')
    assert lexicon(tmp_path).of("verb", "floof")[0].type == "PROTEST"
    assert not lexicon().of("verb", "floof")


def test_a_users_frames_are_tried_before_the_shipped_ones() -> None:
    shipped = {"frame": [{"type": "AID", "verb": "send", "needs": {"obj": "aid"}}]}
    mine = {"frame": [{"type": "CONSULT", "verb": "send"}, {"type": "SUPPORT", "verb": "send", "last": True}]}
    known = read([("ours.toml", shipped)], codebook(), [("mine.toml", mine)])
    assert [(f.type, f.own) for f in known.of("verb", "send")] == [("CONSULT", True), ("AID", False), ("SUPPORT", True)]


def test_a_users_file_may_not_change_a_shipped_class_nor_say_what_nothing_reads() -> None:
    ours = {"class": {"food": "rice"}}
    with pytest.raises(LexiconError, match=r"mine\.toml: class food"):
        read([("ours.toml", ours)], codebook(), [("mine.toml", {"class": {"food": "stone"}})])
    with pytest.raises(LexiconError, match=r"mine\.toml: unknown entry frames"):
        read([], codebook(), [("mine.toml", {"frames": []})])
    with pytest.raises(LexiconError, match=r"double brackets"):
        read([], codebook(), [("mine.toml", {"frame": {"type": "AID", "verb": "give"}})])


def test_a_frame_marked_last_waits_for_the_others() -> None:
    known = read(
        [
            (
                "far.toml",
                {"type": "AID", "last": True, "frame": [{"verb": "lend", "needs": {"obj": "%name", "nsubj": "*"}}]},
            ),
            ("near.toml", {"type": "SUPPORT", "frame": [{"verb": "lend"}]}),
        ],
        codebook(),
    )
    assert [frame.type for frame in known.of("verb", "lend")] == ["SUPPORT", "AID"]


def test_a_never_blocks_all_frames_of_its_types_but_not_what_a_frame_asks_for() -> None:
    never = {"types": "ASSAULT", "kind": "verb", "blocks": {"nsubj": "hail drone"}}
    frames = [
        {"type": "ASSAULT", "verb": "strike"},
        {"type": "ASSAULT", "verb": "hit", "needs": {"nsubj": "drone"}},
        {"type": "AID", "verb": "feed"},
    ]
    known = read([("mine.toml", {"frame": frames, "never": [never]})], codebook())
    assert known.of("verb", "strike")[0].blocks[0].words == {"hail", "drone"}
    assert known.of("verb", "hit")[0].blocks[0].words == {"hail"}
    assert not known.of("verb", "feed")[0].blocks


def test_a_wrong_never_is_named() -> None:
    with pytest.raises(LexiconError, match="never 1"):
        read([("mine.toml", {"never": [{"types": "ASSAULT", "kind": "verbs", "blocks": {}}]})], codebook())
