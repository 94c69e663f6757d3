"""Where a report may name places, and how likely each is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from dragoman.model import Entity, Parse, Token

from .gazetteer import Place, fold, gazetteer
from .lexicon import Lexicon, load

LONGEST = 6
"""Tokens of the longest name looked up."""
_JOINERS = frozenset(
    "of the and al el de la del du da do dos le les - ' ’ 's ’s s . on upon au ar as ash an bin ed ez".split()
)
_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "at", "az", "ad", "an", "ed", "ez"})
_ENOUGH = 1.0
"""Evidence from which a name is taken for a place."""


@dataclass(slots=True)
class Candidate:
    """Tokens `first` up to but without `last` that may name a place; `places` are the entries of the name.

    `within` is the state or country that follows ("Paris, Texas"), `container` the place itself of such a state or
    country; `feature` is set where kind words make it a place ("Neches River"), `people` where it is a demonym,
    `administrative` where a word for a province stands beside it; `evidence` grows with what speaks for a place.
    """

    first: int
    last: int
    key: str
    places: tuple[Place, ...]
    within: Place | None = None
    feature: str = ""
    people: bool = False
    evidence: float = 0.0
    located: bool = False
    administrative: bool = False
    container: Place | None = None


class Finder:
    """Finds candidates in one parse."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.words: Lexicon = load()
        self._entity: dict[int, Entity] = {i: e for e in parse.entities for i in range(e.first, e.last)}
        self._lower = {t.text for t in self.tokens if t.text.islower()}
        self._surnames = self._persons()
        self._keys: set[str] = set()

    def candidates(self) -> list[Candidate]:
        """All that are likely enough places, in text order."""
        found = list(self._scan())
        self._keys = {c.key for c in found}
        for candidate, after in zip(found, [*found[1:], None], strict=False):
            candidate.within = self._container(candidate, after)
            if (
                after is not None
                and candidate.within is not None
                and any(inside(p, candidate.within) for p in candidate.places)
            ):
                after.container = candidate.within
        for candidate in found:
            candidate.evidence += self._evidence(candidate)
        sure = {c.key for c in found if c.evidence >= _ENOUGH + 2}
        return [c for c in found if c.evidence >= _ENOUGH - (1.0 if c.key in sure else 0.0)]

    # --- names ---

    def _scan(self) -> Iterator[Candidate]:
        i, tokens = 0, self.tokens
        while i < len(tokens):
            if not self._begins(i):
                i += 1
                continue
            candidate = self._kind_word(i) or self._longest(i)
            if candidate is None:
                i += 1
                continue
            yield candidate
            i = candidate.last

    def _begins(self, i: int) -> bool:
        """Whether a name can begin at a token: a capital, or an Arabic article before one ("al-Tanf")."""
        text = self.tokens[i].text
        if text[:1].isupper():
            return True
        if text in _ARTICLES and i + 2 < len(self.tokens):
            return self.tokens[i + 1].text == "-" and self.tokens[i + 2].text[:1].isupper()
        head, hyphen, rest = text.partition("-")
        return bool(hyphen) and head in _ARTICLES and rest[:1].isupper()

    def _slice(self, first: int, last: int) -> str:
        return self.parse.text[self.tokens[first].start : self.tokens[last - 1].end]

    def _longest(self, i: int) -> Candidate | None:
        """The longest name that begins at a token."""
        tokens, end = self.tokens, i + 1
        stop = min(len(tokens), i + LONGEST)
        while (
            end < stop
            and (tokens[end].text[:1].isupper() or tokens[end].text.lower() in _JOINERS)
            and tokens[end].sent == tokens[i].sent
        ):
            end += 1
        for last in range(end, i, -1):
            if last > i + 1 and not (tokens[last - 1].text[:1].isupper() or tokens[last - 1].text == "."):
                continue
            found = self._named(i, last)
            if found is not None:
                return found
        return self._unknown(i)

    def _named(self, first: int, last: int) -> Candidate | None:
        text = self._slice(first, last)
        if len(text) > 60 or "\n" in text:
            return None
        words = self.words
        if text in words.demonyms:
            return Candidate(first, last, fold(text), (words.demonyms[text],), people=True)
        place = words.exact.get(text) or words.abbreviations.get(text)
        if place is not None:
            dotted = "." in text
            if not dotted and text in words.abbreviations and not self._after_comma(first):
                return None
            if (
                dotted
                and text not in words.exact
                and not self._after_comma(first)
                and len(text) < 5
                and text not in ("D.C.", "N.Y.", "B.C.")
            ):
                return None
            return Candidate(first, last, fold(place.name), (place,))
        if text[-1] == ".":
            return None
        key = fold(text)
        if len(key) < 3:
            return None
        country = words.countries.get(key)
        entries = gazetteer().find(key)
        if country is not None:
            entries = (country, *(p for p in entries if p.number != country.number))
        return Candidate(first, last, key, entries) if entries else None

    def _unknown(self, i: int) -> Candidate | None:
        """A name that the engine calls a place and the gazetteer does not know."""
        entity = self._entity.get(i)
        if entity is None or entity.label != "LOC" or entity.first != i or entity.last - i > 4:
            return None
        last = entity.last
        while last > i and not self.tokens[last - 1].text[:1].isupper():
            last -= 1
        text = self._slice(i, last) if last > i else ""
        words = self.words.institutions | self.words.common | self.words.titles
        if len(text) < 4 or any(
            self.tokens[k].upos != "PROPN" or self.tokens[k].lower in words for k in range(i, last)
        ):
            return None
        return Candidate(i, last, fold(text), (), feature="UNK")

    def _kind_word(self, i: int) -> Candidate | None:
        """ "Neches River", "Highway 19", "Lake Erie": names that their kind words make places."""
        tokens = self.tokens
        feature = self.words.before.get(tokens[i].text.lower())
        if feature is not None and i + 1 < len(tokens):
            after = tokens[i + 1].text
            fits = (
                after[:1].isdigit()
                if feature == "RD"
                else after[:1].isupper() and after.lower() not in self.words.behind
            )
            if fits and after.lower() not in self.words.institutions:
                last = i + 2
                return Candidate(
                    i, last, fold(self._slice(i, last)), gazetteer().find(fold(self._slice(i, last))), feature=feature
                )
        last = i
        while (
            last < len(tokens)
            and last - i < 5
            and (tokens[last].text[:1].isupper() or tokens[last].text in ("-", "’s", "'s"))
        ):
            word = tokens[last].text.lower()
            if last > i and word in self.words.behind and tokens[last].text[0].isupper():
                dotted = (
                    last + 1 < len(tokens)
                    and tokens[last + 1].text == "."
                    and tokens[last].end == tokens[last + 1].start
                )
                if dotted and word + "." in self.words.behind:
                    last += 1
                return self._kinded(i, last + 1, self.words.behind[word])
            last += 1
        return None

    def _kinded(self, first: int, last: int, feature: str) -> Candidate | None:
        """A name with its kind word, from its first word that can belong to it on."""
        usual, titles = ("PROPN", "ADJ", "NOUN", "NUM", "X"), self.words.titles
        while first < last - 2 and (self.tokens[first].upos not in usual or self.tokens[first].lower in titles):
            first += 1
        if self.tokens[first].upos in ("DET", "ADP", "PRON", "VERB", "AUX", "ADV", "SCONJ", "CCONJ"):
            return None
        key = fold(self._slice(first, last))
        entries = gazetteer().find(key)
        if feature.startswith("ADM") and not entries:
            return None
        return Candidate(first, last, key, entries, feature=feature)

    def _after_comma(self, i: int) -> bool:
        return (
            i > 0
            and self.tokens[i - 1].text in (",", "(")
            and i > 1
            and (self.tokens[i - 2].text[:1].isupper() or self.tokens[i - 2].text == ".")
        )

    def _container(self, candidate: Candidate, after: Candidate | None) -> Place | None:
        """The state or country right after a comma."""
        if (
            after is None
            or after.people
            or after.first - candidate.last != 1
            or self.tokens[candidate.last].text != ","
        ):
            return None
        return next((p for p in after.places if p.kind in ("admin1", "country")), None)

    # --- evidence ---

    def _persons(self) -> set[str]:
        """Last words of names of persons in this report."""
        found = set()
        for entity in self.parse.entities:
            if entity.label == "PERSON" and entity.last - entity.first > 1:
                words = [self.tokens[k].text for k in range(entity.first, entity.last)]
                if words[0].lower() in self.words.given or words[0].lower() in self.words.titles:
                    found.add(words[-1])
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if token.text[:1].isupper() and before.text[:1].isupper() and before.text.lower() in self.words.given:
                found.add(token.text)
        return found

    def _evidence(self, c: Candidate) -> float:
        if c.people:
            return 3.0 if self._of_people(c) else 0.0
        if c.feature == "UNK":
            return 0.5 + (0.7 if self._locative(c) else 0.0)
        score = max((self._weight(p, c.key) for p in c.places), default=0.0)
        if c.feature:
            score = max(score, 2.0)
        if c.within is not None and any(inside(p, c.within) for p in c.places):
            score += 4.0
        c.located = self._locative(c)
        c.administrative = self._administrative(c)
        score += 1.2 if c.located else 0.0
        single = c.last - c.first == 1
        word = self.tokens[c.first].text
        if single and word.lower() in self.words.common:
            score -= 3.0
        if single and word.lower() in self._lower:
            score -= 1.5
        if single and word.lower() in self.words.given:
            score -= 1.0
        if not single:
            score += 0.7
        if single and word in self._surnames and not c.located and not self._institution(c):
            score -= 3.0
        return score + self._labelled(c) + self._neighbours(c)

    def _weight(self, place: Place, key: str) -> float:
        """How likely a name is this place at all."""
        if place.kind in ("country", "region", "point"):
            return 1.0 if place.feature == "AREA" else 3.0
        if place.kind == "admin1":
            return 3.0 if place.country == "USA" or place.number else 1.0
        if place.kind == "county":
            return 3.0 if key == fold(place.name) else 2.0 if fold(place.name) in self._keys else -1.0
        size = log10(place.people + 30) - 3.4
        return min(2.8, size + (0.7 if place.kind == "capital" else 0.0)) - (1.0 if fold(place.name) != key else 0.0)

    def _of_people(self, c: Candidate) -> bool:
        """Whether a demonym speaks of a people or state, and is no part of the name of a firm or society."""
        after = self.tokens[c.last] if c.last < len(self.tokens) else None
        if after is None or not after.text[:1].isupper() or not _beside(self.tokens[c.last - 1], after):
            return True
        return (
            after.lower in self.words.institutions
            or after.lower in self.words.titles
            or after.text in self.words.demonyms
        )

    def _locative(self, c: Candidate) -> bool:
        at = c.first - 1
        if at >= 0 and self.tokens[at].lower == "the":
            at -= 1
        return at >= 0 and self.tokens[at].lower in self.words.locative

    def _administrative(self, c: Candidate) -> bool:
        """ "Homs province", "the province of Homs"."""
        if c.last < len(self.tokens) and self.tokens[c.last].lower in self.words.administrative:
            return True
        return (
            c.first > 1
            and self.tokens[c.first - 1].lower == "of"
            and self.tokens[c.first - 2].lower in self.words.administrative
        )

    def _institution(self, c: Candidate) -> bool:
        return c.last < len(self.tokens) and self.tokens[c.last].lower in self.words.institutions

    def _labelled(self, c: Candidate) -> float:
        """What the engine calls the words."""
        entity = self._entity.get(c.first)
        if entity is None:
            return 0.0 if not self.parse.entities else -0.3
        whole = entity.first >= c.first and entity.last <= c.last
        if entity.label == "LOC":
            return 1.0
        if entity.label == "PERSON":
            return -0.8 if whole else -2.0
        if entity.label == "ORG":
            return -0.3 if whole else -0.6
        return 0.0

    def _neighbours(self, c: Candidate) -> float:
        """Capitalised words right beside make a name of something else more likely."""
        score = 0.0
        before = self.tokens[c.first - 1] if c.first else None
        word = before.text.lower().rstrip(".") if before is not None else ""
        if (
            before is not None
            and _beside(before, self.tokens[c.first])
            and before.text[:1].isupper()
            and (before.text[-1:].isalpha() or word in self.words.titles)
        ):
            if word in self.words.given or word in self.words.titles or len(word) == 1:
                score -= 3.5
            elif before.upos == "PROPN" and word not in self.words.locative and before.text not in self.words.demonyms:
                score -= 1.2
        elif before is not None and before.text.endswith(".") and len(before.text) == 2 and before.text[0].isupper():
            score -= 3.5
        after = self.tokens[c.last] if c.last < len(self.tokens) else None
        if (
            after is not None
            and _beside(self.tokens[c.last - 1], after)
            and after.text[:1].isupper()
            and after.upos == "PROPN"
        ):
            if after.text.lower() in self.words.institutions:
                score += 1.0
            else:
                score -= 3.0 if self.tokens[c.first].text.lower() in self.words.given else 0.8
        elif after is not None and after.lower in self.words.institutions:
            score += 1.0
        if after is not None and after.text in ("—", "--", "–", "_") and self._opens(c):
            score += 2.0
        return score

    def _opens(self, c: Candidate) -> bool:
        """Whether a name in capitals begins a sentence: a dateline."""
        return self.tokens[c.first].text.isupper() and len(self.tokens[c.first].text) > 2


def _beside(a: Token, b: Token) -> bool:
    return b.start - a.end <= 1 and a.sent == b.sent


def inside(place: Place, within: Place) -> bool:
    """Whether a place lies in a state or country."""
    if within.kind == "country":
        return place.country == within.country
    return (
        place.country == within.country
        and fold(place.admin1) == fold(within.admin1 or within.name)
        and place.kind != "admin1"
    )
