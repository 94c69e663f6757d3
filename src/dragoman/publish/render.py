"""What the templates of page, book and mail ask of their edition, and the environment they run in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dragoman.brief.english import counted, day_text
from dragoman.brief.model import Block, Brief, Figure, Standing
from dragoman.publish.draw import spark

ARROWS = {"improving": "↗", "worsening": "↘", "steady": "→"}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Autoescaping for every template; a name that is missing is an error."""
    return Environment(
        loader=PackageLoader("dragoman.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass
class Edition:
    """Answers the questions of `blocks.html.j2` for one rendering.

    `picture` draws a figure; `notes_at` is the address of the notes' file (empty: the same file). `interactive` editions
    may fold, scroll and carry machine-readable dates; `link_out` ones link to sources on the web.
    """

    picture: Callable[[Figure], Markup]
    notes_at: str = ""
    text_at: Callable[[int], str] = lambda n: f"#r{n}"
    interactive: bool = True
    sparks: bool = True
    link_out: bool = True
    _seen: set[int] = field(default_factory=set)

    def note_href(self, number: int) -> str:
        return f"{self.notes_at}#n{number}"

    def back_href(self, number: int) -> str:
        return self.text_at(number)

    def anchor(self, number: int) -> str:
        """The anchor of the first reference to a note, an empty string for later ones."""
        if number in self._seen:
            return ""
        self._seen.add(number)
        return f"r{number}"

    @staticmethod
    def kind(block: Block) -> str:
        return type(block).__name__

    @staticmethod
    def arrow(trend: str) -> Markup:
        sign = ARROWS.get(trend, "")
        return Markup(f'<span class="arrow" aria-hidden="true">{sign}</span> ') if sign else Markup("")

    @staticmethod
    def spark(standing: Standing) -> Markup:
        drawn = spark(standing.spark) if standing.spark else ""
        level = f"{standing.level:+.1f}".replace("-", "−") if standing.level is not None else "not known"
        label = f'role="img" aria-label="Level now {level} on a scale from −10 to +10"'
        return (
            Markup(f'<span class="chart">{drawn.replace("<svg ", f"<svg {label} ", 1)}</span>')
            if drawn
            else Markup("–")
        )

    @staticmethod
    def day(iso: str) -> str:
        return day_text(iso)

    @staticmethod
    def count(value: int, one: str) -> str:
        return counted(value, one)


def labelled(svg: str, figure: Figure, css: str) -> Markup:
    """An SVG to stand in a page: one image with the figure's words for those who do not see it."""
    opened = f'<svg class="{css}" role="img" aria-label="{escape(figure.alt)}" '
    return Markup(svg.replace("<svg ", opened, 1))


def render(template: str, brief: Brief, edition: Edition, **more: object) -> str:
    """A template filled with a brief."""
    return environment().get_template(template).render(brief=brief, ed=edition, **more)
