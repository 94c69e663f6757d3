"""A tie in the terminal: its course as blocks, what moved it, what is said of it; and as a picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from ..errors import UsageError
from .output import emit

MOVERS, STATED = 2, 5
"""Happenings told with a change point, and stated ties told with a tie."""


def tell_tables(folder: Path, pair: tuple[str, str], span: tuple[str | None, str | None], *, json_: bool) -> None:
    """Tells a tie from Parquet tables."""
    from ..exchange import ParquetTies

    with ParquetTies(folder) as tables:
        found = tables.tie(*pair, *span)
    if json_:
        emit(asdict(found))
        return
    path = found.course
    typer.echo(f"{found.a} – {found.b}")
    typer.echo(
        f"  state    {found.state or 'not reported'}{f', since {found.state_since}' if found.state_since else ''}"
    )
    typer.echo(f"  trend    {path.trend or 'not known'}")
    if path.level is not None:
        typer.echo(f"  level    {path.level:+.1f} ({path.low:+.1f} to {path.high:+.1f}) on PLOVER's scale of -10 to 10")
    for name, (count, mean) in found.flows.items():
        typer.echo(f"  {name:<24} {count:>4}   mean intensity {mean:+.1f}")
    tell_series(path.points)


def tell_beside(found: Any) -> None:
    """Change points with what made them, reports of how the two stand, and what is listed without being summed."""
    acts = {h.id: h for h in found.happenings}
    for change in found.changes:
        typer.echo(f"  change   {change.date}: {change.before:+.1f} → {change.after:+.1f}")
        for id_ in change.happenings[:MOVERS]:
            if (h := acts.get(id_)) is not None:
                typer.echo(f"             {h.from_ or h.reported} {_deed(h)}")
    for stated in found.stated[:STATED]:
        said = " ".join(word for word in (stated.state, stated.change, stated.role) if word)
        typer.echo(f"  stated   {stated.date or 'undated'}: {said} ({stated.passage.stance}), {stated.origin}")
    beside = Counter(
        stance for h in found.happenings for stance, n in h.stances.items() for _ in range(n) if stance != "actual"
    )
    if beside:
        told = ", ".join(f"{count} {stance}" for stance, count in sorted(beside.items()))
        typer.echo(f"  not summed  {told}")


def _deed(h: Any) -> str:
    what = f"{h.type}/{h.mode}" if h.mode else h.type
    whom = "; ".join(r.name for r in h.recipients)
    return f"{'; '.join(a.name for a in h.actors) or '?'} {what}{' ' + whom if whom else ''}"


def draw_tie(found: Any, place: Path) -> None:
    """Writes the picture of a tie.

    Raises:
        UsageError: the file is to be of another form, or nothing that is reported has a level.
    """
    from ..brief.pictures import tie_chart
    from ..publish.charts import WIDE
    from ..publish.draw import draw, raster

    if place.suffix not in (".svg", ".png"):
        raise UsageError(f"--chart: expected a file ending in .svg or .png, got {str(place)!r}")
    if not place.absolute().parent.is_dir():
        raise UsageError(f"--chart: the folder {str(place.absolute().parent)!r} is not there; make it first")
    if not found.series:
        raise UsageError("--chart: nothing reported on the two has a day, so there is nothing to draw")
    svg = draw(tie_chart(found, f"{found.a.name} – {found.b.name}"), WIDE)
    if place.suffix == ".svg":
        place.write_text(svg, encoding="utf-8")
    else:
        place.write_bytes(raster(svg, 1.75))


def tell_series(points: Any) -> None:
    """The level as a line of blocks, a dot where nothing was collected."""
    if not points:
        return
    blocks = "▁▂▃▄▅▆▇█"
    drawn = "".join("·" if not p.collected else blocks[max(0, min(7, int((p.level + 10) / 20 * 8)))] for p in points)
    typer.echo(f"  {points[0].date[:7]} {drawn} {points[-1].date[:7]}")
