"""Options that narrow what is read from a ledger, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ..errors import UsageError
from .output import say

if TYPE_CHECKING:
    from ..ledger import Ledger

Of = Annotated[str | None, typer.Option("--of", metavar="ACTOR", help="Only with this actor.")]
PairOf = Annotated[str | None, typer.Option("--pair", metavar="A,B", help="Only between these two.")]
TypeOf = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="Only this type, PLOVER's or your own; give it again for more."),
]
StanceOf = Annotated[
    str | None, typer.Option("--stance", metavar="STANCE", help="actual, denied, planned, hoped or possible.")
]
VoiceOf = Annotated[str | None, typer.Option("--voice", metavar="ACTOR", help="Only what this voice stands behind.")]
KindOf = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="event or tie.")]
Place = Annotated[str | None, typer.Option("--place", metavar="PLACE", help="A place's name or a country's code.")]
Source = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="OUTLET", help="Only reports of this outlet; give it again for more."),
]
Reliability = Annotated[
    str | None,
    typer.Option("--reliability", metavar="GRADE", help="Only outlets that you graded so, A to F, or better."),
]
WithoutState = Annotated[
    str | None,
    typer.Option(
        "--without-state", metavar="CODE", help="Leave out outlets that this state controls ('any': all such)."
    ),
]


def narrowed(
    opened: Ledger, source: list[str] | None, reliability: str | None, without_state: str | None = None
) -> Ledger:
    """The ledger with the reports of the sources asked for; the whole ledger where none is.

    Raises:
        UsageError: the grade is none.
    """
    from ..ledger import Sources

    if reliability is not None and reliability.upper() not in tuple("ABCDEF"):
        raise UsageError(f"--reliability: expected a grade from A (best) to F, got {reliability!r}")
    wanted = Sources(outlets=tuple(source or ()), reliability=reliability, without_state=without_state)
    if wanted == Sources():
        return opened
    if reliability is not None and not any(s.reliability for s in opened.all_sources()):
        say(
            "no outlet has a grade yet, so none is good enough; `dragoman ledger sources OUTLET --reliability B` grades one"
        )
    return opened.only(wanted)


def pair_of(value: str | None) -> tuple[str, str] | None:
    """Two names as A,B.

    Raises:
        UsageError: they are not two.
    """
    if value is None:
        return None
    parts = [part.strip() for part in value.replace("–", ",").split(",") if part.strip()]
    if len(parts) != 2:
        raise UsageError(f"--pair: expected two names as A,B, got {value!r}")
    return parts[0], parts[1]


def types_of(values: list[str] | None) -> list[str] | None:
    """Event types, PLOVER's or the user's own, in any case.

    Raises:
        UsageError: one is none.
    """
    from ..codebook import codebook

    for value in values or ():
        if value.upper() not in codebook().types:
            raise UsageError(
                f"--type: expected one of {', '.join(codebook().types)}, got {value!r}; types of your own are known where"
                " DRAGOMAN_LEXICON names their file"
            )
    return [value.upper() for value in values] if values else None


def stance_of(value: str | None) -> str | None:
    """A stance.

    Raises:
        UsageError: it is none.
    """
    from ..model.claims import Stance

    if value is not None and value not in get_args(Stance):
        raise UsageError(f"--stance: expected one of {', '.join(get_args(Stance))}, got {value!r}")
    return value


def kind_of(value: str | None) -> str | None:
    """event or tie.

    Raises:
        UsageError: it is neither.
    """
    if value not in (None, "event", "tie"):
        raise UsageError(f"--kind: expected event or tie, got {value!r}")
    return value


def name_of(value: str, what: str) -> str:
    """A name or words, not nothing.

    Raises:
        UsageError: it is empty.
    """
    if not value.strip():
        raise UsageError(f"{what}: expected a name or words, got nothing")
    return value
