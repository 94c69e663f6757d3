"""The pipeline over processes: the order and the output of one process; failures stay at their place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.model import Coded, Failure, Report
from dragoman.record import coded_json
from dragoman.run import Pipeline, code_all
from dragoman.run.pool import AHEAD, CHUNK

SENTENCE = "Canada expelled two diplomats of Turkey on Friday, officials in Ottawa said, case {}."


def items(count: int) -> Iterator[Report | Failure]:
    for n in range(count):
        if n % 10 == 3:
            yield Failure("read", "FormatError", f"line {n}", str(n))
        else:
            language = "fr" if n % 10 == 7 else "en"
            yield Report(id=str(n), text=SENTENCE.format(n), language=language)


def names(done: Iterator[Coded | Failure]) -> list[str]:
    return [d.source or "" if isinstance(d, Failure) else d.report.id for d in done]


@pytest.mark.model
def test_two_processes_give_what_one_gives() -> None:
    count = CHUNK * 3 + 5
    one, two = (list(code_all(items(count), workers=n)) for n in (1, 2))
    assert names(iter(two)) == [str(n) for n in range(count)]
    assert [coded_json(d) if isinstance(d, Coded) else d for d in one] == [
        coded_json(d) if isinstance(d, Coded) else d for d in two
    ]


@pytest.mark.model
def test_no_more_is_read_than_waits_to_be_coded() -> None:
    read = 0

    def counted() -> Iterator[Report | Failure]:
        nonlocal read
        for item in items(100_000):
            read += 1
            yield item

    stream = code_all(counted(), workers=2)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert read <= CHUNK * 2 * AHEAD


class Engine:
    """An engine that breaks at one text, and alone tells which."""

    def parse_all(self, texts: list[str]) -> Iterator[object]:
        return map(self.parse, texts)

    def parse(self, text: str) -> object:
        if "case 2" in text:
            raise ValueError("no tree")
        from dragoman.parse import conllu

        return conllu.read("1\tPeace\tpeace\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No\n\n")[0]


def test_a_report_that_breaks_the_engine_is_one_failure() -> None:
    done = list(Pipeline(engine=Engine()).code(items(3)))
    assert [[f.error for f in d.failures] for d in done if isinstance(d, Coded)] == [[], [], ["ValueError"]]
    broken = done[2]
    assert isinstance(broken, Coded)
    assert "please report it" in broken.failures[0].message


def test_failures_alone_need_no_engine_to_pass() -> None:
    stream: list[Report | Failure] = [Failure("read", "FormatError", "x", str(n)) for n in range(5)]
    assert list(Pipeline(engine=Engine()).code(stream)) == stream
