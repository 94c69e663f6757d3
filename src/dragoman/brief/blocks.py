"""The blocks that editors may put into their own text: a fixed list, each filled from the ledger in the period of the brief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dragoman.brief import apparatus, sections
from dragoman.brief.english import day_text
from dragoman.brief.material import Ledger, Material, gather, passages
from dragoman.brief.model import Block, Chain, Chains, Paragraph, Section, Sentence, Timeline
from dragoman.brief.notebook import Notebook
from dragoman.brief.pictures import multiples_figure, network_figure, tie_figure
from dragoman.brief.standing import standings, tie_sentences
from dragoman.brief.voices import links, outlet_name, voice_name
from dragoman.errors import UsageError


@dataclass(frozen=True, slots=True)
class Request:
    """What a block is filled from; `turn` is the place of the block in the text."""

    ledger: Ledger
    material: Material
    notebook: Notebook
    turn: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The names given to a block and the number at its end: how many entries at most."""

    names: tuple[str, ...]
    most: int | None = None


def _about(request: Request, asked: Asked) -> Material:
    """What the ledger holds on the actor or the pair named; on the brief's own topic where none is.

    Raises:
        UsageError: more than two names, or one that the ledger does not know.
    """
    if not asked.names:
        return request.material
    if len(asked.names) > 2:
        raise UsageError(
            f"expected at most two names, got {len(asked.names)}; put a name with spaces in quotation marks"
        )
    if len(asked.names) == 2:
        for name in asked.names:
            if request.ledger.actor(name) is None:
                raise UsageError(f"the ledger knows no actor {name!r}; try `dragoman ties` for the names it has")
    found = gather(request.ledger, "–".join(asked.names), request.material.since, request.material.until)
    if found.topic.kind == "unknown":
        raise UsageError(f"the ledger knows no {' and '.join(asked.names)}; try `dragoman ties` for the names it has")
    return replace(found, recent=request.material.recent)


def _pair(request: Request, asked: Asked) -> Material:
    material = _about(request, asked)
    if material.topic.kind != "pair":
        raise UsageError("expected two actors, as in {{ tie Hamas Iran }}")
    return material


def _none(words: str) -> list[Block]:
    return [Paragraph((Sentence(words),), "aside")]


def tie(request: Request, asked: Asked) -> list[Block]:
    """How two stand, in words."""
    material = _pair(request, asked)
    if not material.ties:
        return _none(f"No tie between {material.topic.name.replace('–', ' and ')} is on record in the period.")
    return [Paragraph(tuple(tie_sentences(material.ties[0], request.notebook, request.turn, asked.most or 2)))]


def chart(request: Request, asked: Asked) -> list[Block]:
    """The picture of a tie over time."""
    material = _pair(request, asked)
    if not material.ties or len(material.ties[0].series) < 3:
        return _none(f"Too little is on record to draw the tie of {material.topic.name.replace('–', ' and ')}.")
    return [tie_figure(material, material.ties[0], request.notebook)]


def timeline(request: Request, asked: Asked) -> list[Block]:
    """The weightiest happenings, newest first; a number at the end says how many."""
    found = sections.timeline(_about(request, asked), request.notebook, asked.most or sections.ENTRIES)
    return [b for b in found.blocks if isinstance(b, Timeline)] if found else _none("No happening is on record.")


def _section(made: Section | None, nothing: str) -> list[Block]:
    return list(made.blocks) if made else _none(nothing)


def disputes(request: Request, asked: Asked) -> list[Block]:
    """Accounts that cannot both hold."""
    return _section(apparatus.disputes(_about(request, asked), request.notebook), "No dispute is on record.")


def voices(request: Request, asked: Asked) -> list[Block]:
    """Who says what, chains drawn as chains."""
    return _section(sections.voices(_about(request, asked), request.notebook), "No voice is on record.")


def expected(request: Request, asked: Asked) -> list[Block]:
    """What is planned or expected, by date."""
    return _section(apparatus.calendar(_about(request, asked), request.notebook), "Nothing planned is on record.")


def changes(request: Request, asked: Asked) -> list[Block]:
    """The period against the one before."""
    return _section(sections.changes(_about(request, asked), request.notebook), "No change is on record.")


def where(request: Request, asked: Asked) -> list[Block]:
    """The table of all counterparts with their paragraphs."""
    made = standings(_about(request, asked), request.notebook)
    return [made] if made else _none("No tie is on record.")


def picture_of(draw: Callable[[Material], Block | None]) -> Callable[[Request, Asked], list[Block]]:
    """A block that is one picture of the whole topic."""

    def made(request: Request, asked: Asked) -> list[Block]:
        found = draw(_about(request, asked))
        return [found] if found else _none("Too little is on record for this picture.")

    return made


def coverage(request: Request, asked: Asked) -> list[Block]:
    """What was read, and how far it can be trusted."""
    return list(apparatus.coverage(_about(request, asked)).blocks)


def quote(request: Request, asked: Asked) -> list[Block]:
    """What a voice said last of the topic, verbatim, with the chain it came through; `quote NAME`, and a number for more."""
    if len(asked.names) != 1:
        raise UsageError('expected one name, as in {{ quote Iran }} or {{ quote "Osama Hamdan" }}')
    name = asked.names[0].casefold()
    said = [
        p for p in passages(request.ledger, request.material)
        if any(name in (v.name.casefold(), (v.member_of or "").casefold()) for v in p.chain if v.step == 1)
    ]  # fmt: skip
    latest = sorted(
        {(p.report.id, p.start): p for p in said}.values(), key=lambda p: (p.report.published or "", p.claim)
    )
    chosen = latest[::-1][: asked.most or 1]
    if not chosen:
        return _none(f"No words of {asked.names[0]} are on record here.")
    made = []
    for p in chosen:
        numbers = request.notebook.cite([p])
        who = next((voice_name(v) for v in p.chain if v.step == 1), outlet_name(p))
        day = day_text(p.report.published)
        made.append(
            Chain(f"{who}{', reported ' + day if day else ''}", p.stance, links(p), request.notebook.quote(p), numbers)
        )
    return [Chains(tuple(made))]


def rest(request: Request, asked: Asked) -> list[Block]:
    """The brief's own sections; put in by `editors.filled`, which alone knows them."""
    raise UsageError("the brief's own sections can stand there once")


BLOCKS: dict[str, Callable[[Request, Asked], list[Block]]] = {
    "tie": tie, "chart": chart, "timeline": timeline, "disputes": disputes, "voices": voices, "quote": quote, "expected": expected,
    "changes": changes, "standings": where, "network": picture_of(network_figure), "multiples": picture_of(multiples_figure),
    "map": picture_of(sections.map_figure), "coverage": coverage, "rest": rest,
}  # fmt: skip
"""Every block by its name."""
