"""According to whom: the chain of voices through which each statement of a report came.

In a sentence the chain is read off nested attributions, the narrowest first. Across sentences it is carried by *works*: when a
voice is introduced with the medium it spoke to, or with the one who cites it ("A cited an interview that B gave to
agency C"), every later statement of B keeps those outer voices until the text leaves the work.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from ..model import Findings, Parse, Quotation, Report, Sentence, Span, Token, Voice
from .attribution_lexicon import load
from .attribution_voices import (
    Sayer,
    has_case,
    mention_at,
    name_beside,
    sayer_of,
    short_words,
    unnamed_sayer,
    when_of,
)
from .attribution_works import Works

MOST_VOICES = 6
LOOK_BACK = 12
"""Attributions that a sentence without its own may go on with."""

CARRYING = frozenset(("quote", "cite", "interview", "contact", "reach"))


SOME = frozenset("one two three four five some several many most both others another all none few".split())
"""Of a group that spoke before: "one of them said"."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """One attribution as the chain needs it."""

    quotation: Quotation
    content: frozenset[int]
    sayers: tuple[Sayer, ...]
    verbatim: frozenset[int]


class Attribution:
    """The voices of one report. `chain` and `direct` take indices into `parse.tokens`."""

    def __init__(self, report: Report, parse: Parse, findings: Findings) -> None:
        self._parse, self._findings, self._lexicon = parse, findings, load()
        self._works = Works(parse, findings)
        self._heard: list[_Heard] = []
        self._over: dict[int, list[_Heard]] = {}
        by_sentence: dict[int, list[Quotation]] = {}
        for quotation in findings.quotations:
            if quotation.cue_head is not None:
                by_sentence.setdefault(parse.tokens[quotation.cue_head].sent, []).append(quotation)
        for sentence in parse.sentences:
            self._works.open(sentence.first, sentence.last)
            for quotation in by_sentence.get(sentence.i, ()):
                self._hear(quotation)
            if sentence.i and sentence.i not in by_sentence:
                self._go_on(sentence)

    def chain(self, i: int) -> tuple[Voice, ...]:
        """The voices that say what token `i` states, from the nearest outward; empty where the report asserts it itself."""
        found: list[Voice] = []
        seen: set[str] = set()
        step = 0
        around = self._around(i)
        for place, heard in enumerate(around):
            if place + 1 < len(around) and self._is_unresolved(heard):
                continue
            for sayer in heard.sayers:
                if sayer.keys & seen or len(found) >= MOST_VOICES:
                    continue
                step += 1
                seen |= sayer.keys
                found += [replace(v, step=step) for v in sayer.voices]
        return tuple(found)

    def direct(self, i: int) -> bool:
        """Whether token `i` stands inside a verbatim quotation of its nearest voice."""
        around = self._around(i)
        return bool(around) and i in around[0].verbatim

    def _is_unresolved(self, heard: _Heard) -> bool:
        """A pronoun without an antecedent, inside what somebody says, is taken for that speaker."""
        head = heard.quotation.source_head
        if head is None or self._parse.tokens[head].upos != "PRON":
            return False
        return mention_at(self._findings, self._parse, head) is None and self._parse.tokens[head].lower in (
            "he",
            "she",
            "it",
            "they",
            "i",
            "we",
        )

    def _around(self, i: int) -> list[_Heard]:
        return sorted(self._over.get(i, ()), key=lambda h: len(h.content))

    def _go_on(self, sentence: Sentence) -> None:
        """A sentence in the pluperfect behind reported words of the past goes on with them ("… he said. They had fled.")."""
        before = self._parse.sentences[sentence.i - 1]
        root = next((t for t in self._parse.tokens[sentence.first : sentence.last] if t.head == t.i), None)
        if before.paragraph != sentence.paragraph or root is None or not self._backshifted(root):
            return
        for number in range(max(0, len(self._heard) - LOOK_BACK), len(self._heard)):
            heard = self._heard[number]
            if self._reaches(heard, before):
                more = frozenset(range(sentence.first, sentence.last))
                joined = self._heard[number] = replace(heard, content=heard.content | more)
                for i in more:
                    self._over.setdefault(i, []).append(joined)

    def _reaches(self, heard: _Heard, sentence: Sentence) -> bool:
        """Whether an attribution holds the end of a sentence, by a cue in the past, not verbatim."""
        cue = self._parse.tokens[heard.quotation.cue_head or 0]
        told = cue.xpos in ("VBD", "VBN") and not heard.quotation.direct and heard.quotation.clausal
        return told and (
            (cue.sent == sentence.i and not heard.quotation.nested) or (sentence.last - 2) in heard.content
        )

    def _backshifted(self, root: Token) -> bool:
        return any(k.rel == "aux" and k.lower == "had" for k in self._parse.kids(root.i))

    # --- one attribution ---------------------------------------------------------------------------------------------

    def _hear(self, quotation: Quotation) -> None:
        assert quotation.cue_head is not None
        content = self._tokens(quotation.content_parts) - {quotation.cue_head}
        if not content or not self._speaks(quotation) or self._nobody(quotation):
            return
        content = self._without_addressee(quotation.cue_head, content)
        sayers = self._sayers(quotation, content)
        heard = _Heard(quotation, content, sayers, self._tokens(quotation.verbatim) & content)
        self._heard.append(heard)
        for i in content:
            self._over.setdefault(i, []).append(heard)

    def _nobody(self, quotation: Quotation) -> bool:
        """ "It was reported that" names no voice (the stance says that nobody stands for it); "reports that" names some."""
        cue = self._parse.tokens[quotation.cue_head or 0]
        if quotation.source is not None:
            return cue.lower == "according" and self._own_knowledge(quotation)
        # "said in a statement that": the speaker's own verb is the cue
        said_in = (
            cue.rel == "obl"
            and self._parse.tokens[cue.head].upos == "VERB"
            and has_case(self._parse, cue, {"in", "on", "at"})
        )
        return cue.upos == "VERB" or said_in

    def _own_knowledge(self, quotation: Quotation) -> bool:
        """ "According to my information": the speaker himself."""
        head = quotation.source_head
        return head is not None and any(k.lower in ("my", "our") for k in self._parse.kids(head, "nmod"))

    def _without_addressee(self, cue: int, content: frozenset[int]) -> frozenset[int]:
        """Without the object that something is said of or to ("accused its old patron of …"), which the report itself names."""
        thing = next((k for k in self._parse.kids(cue, "obj", "iobj") if k.i in content), None)
        if thing is None:
            return content
        rest = content - set(self._parse.subtree(thing.i))
        more = any(k.i in rest for k in self._parse.kids(cue, "obl", "xcomp", "advcl", "ccomp"))
        return rest if more else content

    def _speaks(self, quotation: Quotation) -> bool:
        """Whether the cue makes its source a voice of the content (data/voices.toml)."""
        cue = self._parse.tokens[quotation.cue_head or 0]
        if not quotation.clausal:
            return cue.lemma in self._lexicon.objects
        if cue.upos in ("ADJ", "AUX") and not quotation.direct:
            return False
        if cue.upos != "VERB" or quotation.direct or cue.lower == "according":
            return True
        infinitive = self._infinitive(quotation, cue)
        if infinitive:
            return cue.lemma in self._lexicon.infinitives
        document = quotation.source_head is not None and self._is_work(quotation.source_head)
        return document or cue.lemma not in self._lexicon.silent

    def _is_work(self, i: int) -> bool:
        return self._parse.tokens[i].lemma in self._lexicon.works

    def _infinitive(self, quotation: Quotation, cue: Token) -> bool:
        inside = self._tokens(quotation.content_parts)
        for kid in self._parse.kids(cue.i, "xcomp", "ccomp", "advcl"):
            if kid.i in inside:
                return kid.rel == "xcomp"
        return False

    def _sayers(self, quotation: Quotation, content: frozenset[int]) -> tuple[Sayer, ...]:
        cue_head = quotation.cue_head or 0
        if quotation.source_head is None or quotation.cue is None:
            nearest = unnamed_sayer(quotation.cue or self._parse.span(cue_head, cue_head + 1))
            return (nearest,)
        source = self._person_in(_antecedent(self._parse, quotation.source_head), quotation.source_head)
        nearest = sayer_of(self._parse, self._findings, source, quotation.cue)
        before = self._voice_before(cue_head) if self._unlinked(source) else self._same_people(source, cue_head)
        nearest = before if before is not None else nearest
        nearest = self._spoken_in(nearest, cue_head, content, source)
        cited = self._cited(cue_head, source, content)
        carried = self._carried(source, cue_head)
        work = self._works.of(nearest, cue_head, source)
        outer = tuple(work.outer) if work is not None else ()
        if work is not None and work.words and all(v.work is None for v in nearest.voices):
            nearest = Sayer(tuple(replace(v, work=work.words) for v in nearest.voices), nearest.keys)
        return (*cited, nearest, *(o for o in (*carried, *outer) if not o.keys & nearest.keys))

    def _same_people(self, source: int, cue: int) -> Sayer | None:
        """The nameless people who spoke before and are only called by their noun now: "two Yemeni officials … the officials"."""
        token = self._parse.tokens[source]
        kids = self._parse.kids(source)
        if token.upos != "NOUN" or [k.lower for k in kids if k.rel != "punct"] != ["the"]:
            return None
        for heard in reversed(self._heard[-LOOK_BACK:]):
            nearest = next(
                (s for s in heard.sayers for v in s.voices if v.kind == "unnamed" and _called(v, token.lower)), None
            )
            if nearest is not None and len(nearest.voices) == 1:
                return nearest
        return None

    def _unlinked(self, source: int) -> bool:
        """A pronoun that stands for nobody known; some "of them", too."""
        token = self._parse.tokens[source]
        if token.lower in SOME and any(k.lower in ("them", "those") for k in self._parse.kids(source, "nmod")):
            return not self._parse.kids(source, "appos")
        mention = mention_at(self._findings, self._parse, source)
        return token.lower in ("it", "they", "he", "she") and (
            mention is None or mention.party.name.lower() == token.lower
        )

    def _voice_before(self, cue: int) -> Sayer | None:
        """Who spoke in the sentence before: "The report says … It adds …"."""
        sentence = self._parse.sentence(cue)
        for heard in reversed(self._heard):
            of = self._parse.sentence(heard.quotation.cue_head or 0)
            if of.i < sentence.i - 1 or of.paragraph != sentence.paragraph:
                return None
            joined = self._parse.tokens[cue].rel == "conj" and self._parse.tokens[cue].head == heard.quotation.cue_head
            if (of.i == sentence.i - 1 or joined) and not heard.quotation.nested and heard.sayers:
                return heard.sayers[-1]
        return None

    def _person_in(self, source: int, pronoun: int) -> int:
        """ "The evidence of Inspector Khan, who told …": "who" is the person named last before it."""
        if (
            source == pronoun
            or self._parse.tokens[pronoun].lower != "who"
            or mention_at(self._findings, self._parse, source)
        ):
            return source
        people = [
            m for m in self._findings.mentions if source < m.head < pronoun and m.type == "PERSON" and m.form == "name"
        ]
        return people[-1].head if people else source

    def _spoken_in(self, sayer: Sayer, cue: int, content: frozenset[int], source: int) -> Sayer:
        """The voices with the time of saying and the work named beside the cue ("said in a statement on Monday")."""
        anchor = self._dated(source, cue)
        when = when_of(self._parse, self._findings.times, anchor, content) if self._findings.times else None
        work = self._work_beside(cue, content)
        voices = tuple(replace(v, when=when, work=v.work or work) for v in sayer.voices)
        return Sayer(voices, sayer.keys)

    def _dated(self, source: int, cue: int) -> int:
        """The verb whose time is that of the saying: that of "a brief written on Thursday by", else the cue."""
        written = next((k for k in self._parse.kids(source, "acl") if k.xpos == "VBN"), None)
        return written.i if written is not None else cue

    def _work_beside(self, cue: int, content: frozenset[int]) -> str | None:
        for kid in self._parse.kids(cue, "obl"):
            cases = {c.lower for c in self._parse.kids(kid.i, "case")}
            if (
                kid.i not in content
                and kid.lemma in self._lexicon.works
                and cases & {"in", "during", "through", "via", "at", "on"}
            ):
                return short_words(self._parse, kid.i)
        return None

    def _cited(self, cue: int, source: int, content: frozenset[int]) -> tuple[Sayer, ...]:
        """Whom the voice cites for it: "the paper reported, citing two officials"."""
        sentence = self._parse.sentence(cue)
        also = next((k for k in self._parse.kids(cue, "conj") if k.lemma == "cite" and k.xpos != "VBG"), None)
        thing = next(iter(self._parse.kids(also.i, "obj")), None) if also is not None else None
        if also is not None and thing is not None:
            return (sayer_of(self._parse, self._findings, thing.i, Span(also.start, also.end, also.text)),)
        for token in self._parse.tokens[sentence.first : sentence.last]:
            if token.lemma not in ("cite", "quote", "rely") or token.xpos != "VBG" or token.i == cue:
                continue
            thing = next(iter(self._parse.kids(token.i, "obj", "obl")), None)
            if thing is not None and thing.lower == "what":  # "relying on what it calls a source"
                thing = next(
                    (o for k in self._parse.kids(thing.i, "acl") for o in self._parse.kids(k.i, "obj", "xcomp")), None
                )
            near = token.head in (cue, source) or (
                token.head in content and self._parse.tokens[token.i - 1].text == ","
            )
            if near and thing is not None:
                return (sayer_of(self._parse, self._findings, thing.i, Span(token.start, token.end, token.text)),)
        return ()

    def _carried(self, source: int, cue: int) -> tuple[Sayer, ...]:
        """Who passes on the words of a source: "the minister, quoted by the daily"."""
        behind = name_beside(self._parse, self._findings, source)
        beside = (
            source,
            *(() if behind is None else (behind,)),
            *(k.i for k in self._parse.kids(source, "appos", "flat", "nmod:desc")),
        )
        hanging = [k for at in beside for k in self._parse.kids(at, "acl", "advcl")]
        for kid in (*hanging, *self._parse.kids(cue, "advcl")):
            below = (self._parse.tokens[i] for i in self._parse.subtree(kid.i))
            agent = next((t for t in below if t.i > kid.i and has_case(self._parse, t, {"by"})), None)
            if (
                (kid.lemma in CARRYING or kid.lemma.removesuffix("e") in CARRYING)
                and kid.xpos in ("VBN", "VBD")
                and agent is not None
            ):
                return (sayer_of(self._parse, self._findings, agent.i, Span(kid.start, kid.end, kid.text)),)
        return ()

    def _tokens(self, spans: tuple[Span, ...]) -> frozenset[int]:
        """Token indices of spans."""
        starts = self._parse.starts
        return frozenset(i for s in spans for i in range(bisect_left(starts, s.start), bisect_left(starts, s.end)))


def _antecedent(parse: Parse, i: int) -> int:
    """The noun that a relative pronoun stands for."""
    token = parse.tokens[i]
    if token.lower not in ("who", "which", "that"):
        return i
    for at in parse.ancestors(i):
        if parse.tokens[at].dep == "acl:relcl":
            return parse.tokens[at].head
    return i


def _called(voice: Voice, noun: str) -> bool:
    """Whether a nameless voice goes by this noun, with more words to it."""
    words = voice.name.lower().split()
    return len(words) > 1 and words[-1] == noun
