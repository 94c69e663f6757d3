"""Reviewing in the terminal: one claim at a time, its passage beside its record, judged by single keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ..errors import DragomanError
from .keys import Keys
from .record_lines import gist, lines

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..ledger.reviewing import Neighbour
    from ..ledger.views import Passage

KEYS = "[a]ccept  [r]eject  [c]orrect  [s]ame  [d]ifferent  [n]ote a reason  s[k]ip  [u]ndo  [?]  [q]uit"
HELP = """a  the claim is right          r  it is wrong: it counts no more
c  correct a slot               s  it is the same event as a claim below, by its number
d  it is another event          n  a reason, kept with your next judgement
k  judge it another time        u  take your last judgement back and return to its claim
q  stop; everything judged is kept"""
NARROW = 90
"""Columns of a terminal below which the record stands under the passage."""
AROUND = 240
"""Code points of the report shown on each side of the passage."""


class Session:
    """One sitting: a queue of claims, and the judgements made on them."""

    def __init__(self, ledger: Ledger, author: str) -> None:
        self._ledger = ledger
        self._author = author
        self._console = Console(highlight=False)
        self._keys = Keys()
        self._made: list[tuple[int, int]] = []
        self._reason: str | None = None

    def run(self, queue: Sequence[Passage]) -> None:
        """Shows claim after claim until the queue or the patience is at an end."""
        try:
            with self._keys:
                self._go_through(queue)
        except (EOFError, KeyboardInterrupt):
            self._console.print()
        self._console.print(f"{len(self._made)} judged; everything is kept", markup=False)

    def _go_through(self, queue: Sequence[Passage]) -> None:
        at = 0
        while at < len(queue):
            step = self._one(queue[at], at, len(queue))
            if step is None:
                return
            at = max(at + step, 0)

    def _one(self, passage: Passage, at: int, of: int) -> int | None:
        """Shows one claim and takes keys until it is dealt with; how far to go on, None to stop."""
        neighbours = self._ledger.neighbours(passage.claim)
        self._show(passage, neighbours, f"{at + 1} of {of}")
        while True:
            self._console.print(KEYS, style="dim", markup=False)
            key = self._keys.key()
            if key == "q":
                return None
            if key == "k":
                return 1
            if key == "u":
                back = self._undo(at)
                if back is not None:
                    return back
            elif key == "?":
                self._console.print(HELP, markup=False)
            elif key == "n":
                self._reason = self._keys.line("reason: ") or None
            elif key in "arcsd" and key:
                done = self._judge(key, passage, neighbours, at)
                if done == "again":
                    passage = self._ledger.passage(passage.claim) or passage
                    neighbours = self._ledger.neighbours(passage.claim)
                    self._show(passage, neighbours, f"{at + 1} of {of}")
                elif done:
                    return 1

    def _judge(self, key: str, passage: Passage, neighbours: Sequence[Neighbour], at: int) -> str | None:
        """Makes the judgement of a key; "next", "again" for one that leaves more to say, None where none came of it."""
        try:
            if key in "ar":
                self._keep("accept" if key == "a" else "reject", passage, at)
                return "next"
            if key == "c":
                return self._correct(passage, at)
            other = self._choose(neighbours)
            if other is None:
                return None
            self._keep("same" if key == "s" else "different", passage, at, other=other.passage.claim)
            return "again"
        except DragomanError as error:
            self._console.print(str(error), style="red", markup=False)
            return None

    def _keep(self, verdict: Any, passage: Passage, at: int, **more: Any) -> None:
        n = self._ledger.judge(verdict, passage.claim, author=self._author, reason=self._reason, **more)
        self._made.append((n, at))
        self._reason = None
        self._console.print(f"judgement {n}: {verdict}", style="green", markup=False)

    def _correct(self, passage: Passage, at: int) -> str | None:
        slots = self._ledger.slots_of(passage.claim)
        self._console.print(f"slots: {', '.join(slots)}", markup=False)
        slot = self._keys.line("slot: ")
        if not slot:
            return None
        words = self._keys.line(f"{slot} (names parted by ';', '-' for nothing): ")
        value = self._ledger.value_of(passage.claim, slot, words)
        self._keep("correct", passage, at, slot=slot, value=value)
        return "again"

    def _choose(self, neighbours: Sequence[Neighbour]) -> Neighbour | None:
        if not neighbours:
            self._console.print("no other claim is near this one", markup=False)
            return None
        number = self._keys.line(f"number (1-{len(neighbours)}): ")
        if not number.isdecimal() or not 1 <= int(number) <= len(neighbours):
            self._console.print(f"expected a number from 1 to {len(neighbours)}, got {number!r}", markup=False)
            return None
        return neighbours[int(number) - 1]

    def _undo(self, at: int) -> int | None:
        """Takes the last judgement back; how far to go to its claim."""
        if not self._made:
            self._console.print("nothing to undo in this sitting", markup=False)
            return None
        n, judged_at = self._made.pop()
        self._ledger.undo(n, author=self._author, reason="undone in review")
        self._console.print(f"judgement {n} undone", style="green", markup=False)
        return judged_at - at

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, passage: Passage, neighbours: Sequence[Neighbour], where: str) -> None:
        report = passage.report
        head = ", ".join(word for word in (report.outlet, report.published, report.title) if word)
        self._console.print(Rule(Text(f"{where}  {passage.claim}"), align="left", characters="-"))
        self._console.print(head or "a report without outlet, day or title", style="bold", markup=False)
        sides = (self._passage(passage), _record(passage.record))
        if self._console.width < NARROW:
            self._console.print(Group(*sides))
        else:
            grid = Table.grid(padding=(0, 3), expand=True)
            grid.add_column(ratio=1)
            grid.add_column(ratio=1)
            grid.add_row(*sides)
            self._console.print(grid)
        for number, near in enumerate(neighbours, 1):
            mark = "=" if near.together else " "
            other = near.passage
            words = f" {number} {mark} {other.report.published or 'undated'} {other.report.outlet or ''}: {gist(other.record)} | {other.text}"
            self._console.print(words, markup=False, style="dim", overflow="ellipsis", no_wrap=True)

    def _passage(self, passage: Passage) -> Text:
        """The sentence as it stands in the report, with what comes before and after; trigger and parties marked."""
        told = self._ledger.report(passage.report.id)
        whole = told[1] if told else passage.text
        if whole[passage.start : passage.end] != passage.text:  # an older revision: only the sentence is at hand
            whole, start = passage.text, 0
        else:
            start = passage.start
        first = max(start - AROUND, 0)
        end = start + len(passage.text)
        shown = Text(whole[first : end + AROUND], style="dim")
        shown.stylize("not dim", start - first, end - first)
        shift = start - passage.start - first
        record = passage.record
        for party in [*record.get("between", ()), *record.get("actors", ()), *record.get("recipients", ())]:
            shown.stylize("bold", party["start"] + shift, party["end"] + shift)
        for voice in record["said_by"]:
            shown.stylize("italic", voice["start"] + shift, voice["end"] + shift)
        trigger = record["trigger"]
        shown.stylize("bold reverse", trigger["start"] + shift, trigger["end"] + shift)
        return shown


def _record(record: dict[str, Any]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for slot, value in lines(record):
        grid.add_row(Text(slot), Text(value))
    return grid
