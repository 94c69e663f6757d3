"""Who speaks where the source is only a pronoun, a number or a bare noun: the voices heard before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Findings, Mention, Parse, Quotation, Span, Token, Voice
from .attribution_lexicon import load
from .attribution_voices import Sayer, mention_at, name_beside, sayer_of

LOOK_BACK = 12
"""Attributions that a sentence without its own may go on with."""
SOME = frozenset("one two three four five some several many most both others another all none few".split())
"""Of a group that spoke before: "one of them said"."""
PERSONAL = frozenset(("he", "she", "it", "they"))
RANKS = frozenset(
    "general colonel major captain lieutenant brigadier admiral commander mr mrs ms dr sir sheikh senator".split()
)
"""Titles that leave open what else their bearer is: "Colonel X … the army spokesman"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One attribution as the chain needs it; `speaker` is the voice of its source among `sayers`."""

    quotation: Quotation
    content: frozenset[int]
    sayers: tuple[Sayer, ...]
    verbatim: frozenset[int]
    speaker: Sayer


class Recall:
    """What was heard so far in one report, asked for the voice behind a source that does not name one."""

    def __init__(self, parse: Parse, findings: Findings, heard: Sequence[Heard]) -> None:
        self._parse, self._findings, self._heard, self._lexicon = parse, findings, heard, load()

    def speaker(self, source: int, cue: int) -> Sayer | None:
        """The voice that the source at a token takes up, None where the source speaks for itself."""
        if self._unlinked(source):
            return self._of_group(source, cue) or self._before(source, cue) or self._counted(source)
        return (
            self._same_people(source)
            or self._same_speaker(source, cue)
            or self._subject(source, cue)
            or self._office(source, cue)
            or self._author(source, cue)
        )

    def _subject(self, source: int, cue: int) -> Sayer | None:
        """ "His disciples are sure: a cook fled, they say": behind a colon a pronoun is the subject before it."""
        token = self._parse.tokens[source]
        sentence = self._parse.sentence(cue)
        colon = next((t.i for t in self._parse.tokens[sentence.first : cue] if t.text == ":"), None)
        if colon is None or token.lower not in PERSONAL or source < colon:
            return None
        root = next((t for t in self._parse.tokens[sentence.first : colon] if t.head == t.i), None)
        subject = next(iter(self._parse.kids(root.i, "nsubj")), None) if root is not None else None
        if subject is None or subject.upos not in ("NOUN", "PROPN"):
            return None
        plural = "Number=Plur" in subject.feats or bool(self._parse.kids(subject.i, "conj"))
        return sayer_of(self._parse, self._findings, subject.i, None) if plural == (token.lower == "they") else None

    def _author(self, source: int, cue: int) -> Sayer | None:
        """ "The report also says": who was heard in a work of that name before, "the letter" of who wrote."""
        token = self._parse.tokens[source]
        if token.lemma not in self._lexicon.works or not any(k.lower == "the" for k in self._parse.kids(source, "det")):
            return None
        if self._parse.kids(source, "nmod", "nmod:poss", "compound"):
            return None
        paragraph = self._parse.sentence(cue).paragraph
        for heard in reversed(self._heard[-LOOK_BACK:]):
            if paragraph - self._parse.sentence(heard.quotation.cue_head or 0).paragraph > 1:
                return None
            wrote = token.lemma == "letter" and self._parse.tokens[heard.quotation.cue_head or 0].lemma == "write"
            works = [v.work.lower().split()[-1] for v in heard.speaker.voices if v.work]
            if wrote or token.lower in works:
                return heard.speaker
        return None

    def _same_people(self, source: int) -> Sayer | None:
        """The nameless people who spoke before and are only called by their noun now: "two Yemeni officials … the officials"."""
        token = self._parse.tokens[source]
        if not self._bare(token):
            return None
        for heard in reversed(self._heard[-LOOK_BACK:]):
            nearest = next(
                (s for s in heard.sayers for v in s.voices if v.kind == "unnamed" and _called(v, token.lower)), None
            )
            if nearest is not None and len(nearest.voices) == 1:
                return nearest
        return None

    def _bare(self, token: Token) -> bool:
        kids = self._parse.kids(token.i)
        return token.upos == "NOUN" and [k.lower for k in kids if k.rel != "punct"] == ["the"]

    def _unlinked(self, source: int) -> bool:
        """A pronoun that stands for nobody known; some "of them", too."""
        token = self._parse.tokens[source]
        if token.lower in SOME and any(k.lower in ("them", "those") for k in self._parse.kids(source, "nmod")):
            return not self._parse.kids(source, "appos")
        mention = mention_at(self._findings, self._parse, source)
        return token.lower in PERSONAL and (mention is None or mention.party.name.lower() == token.lower)

    def _of_group(self, source: int, cue: int) -> Sayer | None:
        """ "… citing three clerks. One of them said": the nameless people among the voices of the sentence before."""
        last = self._last(cue) if self._parse.tokens[source].lower in SOME else None
        for sayer in last.sayers if last is not None else ():
            voice = sayer.voices[0]
            heads = [t for t in self._parse.tokens if voice.start <= t.start < voice.end and t.upos == "NOUN"]
            if len(sayer.voices) == 1 and voice.kind == "unnamed" and any("Number=Plur" in t.feats for t in heads):
                return sayer
        return None

    def _before(self, source: int, cue: int) -> Sayer | None:
        """Who spoke in the sentence before: "The report says … It adds …"; "it" is the outermost voice, a person the speaker."""
        person = self._parse.tokens[source].lower in ("he", "she", "they")
        sentence = self._parse.sentence(cue)
        for heard in reversed(self._heard):
            of = self._parse.sentence(heard.quotation.cue_head or 0)
            if of.i < sentence.i - 1 or of.paragraph != sentence.paragraph:
                return None
            joined = self._parse.tokens[cue].rel == "conj" and self._parse.tokens[cue].head == heard.quotation.cue_head
            if (of.i == sentence.i - 1 or joined) and not heard.quotation.nested and heard.sayers:
                return heard.speaker if person else heard.sayers[-1]
        return None

    def _counted(self, source: int) -> Sayer | None:
        """ "It interviewed forty prisoners. Four of them said": the people named last in the plural."""
        token = self._parse.tokens[source]
        if token.lower not in SOME:
            return None
        people = [m for m in self._findings.mentions if m.head < source and self._is_group(m, token.sent)]
        return sayer_of(self._parse, self._findings, people[-1].head, None) if people else None

    def _is_group(self, mention: Mention, sentence: int) -> bool:
        head = self._parse.tokens[mention.head]
        plural = "Number=Plur" in head.feats and head.upos in ("NOUN", "PROPN")
        return plural and mention.type in ("PERSON", "ORG") and sentence - 1 <= head.sent <= sentence

    def _last(self, cue: int) -> Heard | None:
        """The attribution that came before a cue in its sentence or the one before, itself in nobody's words."""
        sentence = self._parse.sentence(cue)
        for heard in reversed(self._heard):
            of = self._parse.sentence(heard.quotation.cue_head or 0)
            if of.i < sentence.i - 1 or of.paragraph != sentence.paragraph:
                return None
            told = heard.quotation.clausal or of.i == sentence.i
            if not heard.quotation.nested and told and cue not in heard.content:
                return heard
        return None

    def _same_speaker(self, source: int, cue: int) -> Sayer | None:
        """A pronoun goes on with who spoke last rather than with one who is only spoken of: "An officer said Rai lied. … he said."."""
        token = self._parse.tokens[source]
        last = self._last(cue) if token.lower in PERSONAL and token.upos == "PRON" else None
        if last is None or last.quotation.source_head is None:
            return None
        mention = mention_at(self._findings, self._parse, source)
        if mention is None or not self._may_be(token, last):
            return None
        rest = mention.antecedent
        cue_token = self._parse.tokens[last.quotation.cue_head or 0]
        behind = rest is not None and cue_token.start < rest.start < self._parse.sentence(cue_token.i).end
        spoken_of = rest is not None and (behind or self._inside(rest, last))
        return last.speaker if spoken_of and len(last.speaker.voices) == 1 else None

    def _inside(self, rest: Span, last: Heard) -> bool:
        """Whether an antecedent stands in what was said, or as the possessor before the speaker's own noun."""
        held = {i for i in last.content if rest.start <= self._parse.tokens[i].start < rest.end}
        head = last.quotation.source_head or 0
        owner = any(rest.start <= k.start < rest.end for k in self._parse.kids(head, "nmod", "compound", "amod"))
        return bool(held) or owner

    def _may_be(self, pronoun: Token, last: Heard) -> bool:
        """Whether a pronoun agrees with the last speaker in number, and in being a person of that sex or none."""
        head = last.quotation.source_head or 0
        named = name_beside(self._parse, self._findings, head)
        mention = mention_at(self._findings, self._parse, named if named is not None else head)
        token = self._parse.tokens[head]
        plural = "Number=Plur" in token.feats or bool(self._parse.kids(head, "conj"))
        if mention is None and token.upos == "NOUN" and pronoun.lower in ("he", "she"):
            return not plural and token.lemma not in self._lexicon.works | self._lexicon.outlets
        if mention is None or token.upos == "PRON":
            return False
        if pronoun.lower == "they":
            return plural
        person = mention.type == "PERSON"
        return not plural and person == (pronoun.lower != "it") and not self._other_sex(pronoun, mention)

    def _other_sex(self, pronoun: Token, speaker: Mention) -> bool:
        """Whether the other one of "he" and "she" stands for the speaker anywhere in the report."""
        other = {"he": "she", "she": "he"}.get(pronoun.lower)
        return any(
            m.form == "pronoun" and m.party.name == speaker.party.name and self._parse.tokens[m.head].lower == other
            for m in self._findings.mentions
        )

    def _office(self, source: int, cue: int) -> Sayer | None:
        """ "Colonel X told the agency … The army spokesman added": the office of a person of whom no other office is said."""
        token = self._parse.tokens[source]
        mention = mention_at(self._findings, self._parse, source)
        if token.upos != "NOUN" or mention is None or mention.type != "PERSON" or mention.form != "nominal":
            return None
        definite = any(k.lower == "the" for k in self._parse.kids(source, "det"))
        first = not any(
            m.head < source and m.head != source and self._parse.tokens[m.head].lower == token.lower
            for m in self._findings.mentions
        )
        last = self._last(cue) if definite and first and mention.antecedent is None else None
        if last is None or self._parse.kids(source, "nmod", "appos", "acl") or mention.party.id is not None:
            return None
        voice = last.speaker.voices[0]
        named = [m for m in self._findings.mentions if m.type == "PERSON" and m.party.name == voice.name]
        if len(last.speaker.voices) > 1 or not any(m.form == "name" for m in named):
            return None
        return None if any(self._described(m) for m in named) else last.speaker

    def _described(self, mention: Mention) -> bool:
        """Whether an office stands beside a name, or the mention is one."""
        if mention.form == "nominal":
            return True
        beside = self._parse.kids(mention.head, "nmod:desc", "appos", "compound", "acl", "nmod")
        head = self._parse.tokens[self._parse.tokens[mention.head].head]
        above = self._parse.tokens[mention.head].rel in ("appos", "flat") and head.upos == "NOUN"
        return above or any(k.lower not in RANKS and k.dep != "nmod:poss" for k in beside)


def _called(voice: Voice, noun: str) -> bool:
    """Whether a nameless voice goes by this noun, with more words to it."""
    words = voice.name.lower().split()
    return len(words) > 1 and words[-1] == noun
