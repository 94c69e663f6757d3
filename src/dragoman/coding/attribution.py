"""According to whom: the chain of voices through which each statement of a report came.

In a sentence the chain is read off nested attributions, the narrowest first. Across sentences it is carried by *works*: when a
voice is introduced with the medium it spoke to, or with the one who cites it ("A cited an interview that B gave to
agency C"), every later statement of B keeps those outer voices until the text leaves the work.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from ..model import Findings, Parse, Quotation, Report, Sentence, Span, Token, Voice
from .attribution_continuing import in_pluperfect, opening, rest_behind, sentence_goes_on
from .attribution_lexicon import load
from .attribution_recall import LOOK_BACK, Heard, Recall
from .attribution_relays import cited, hearer, listener, messengers, named_later, passed_on
from .attribution_voices import (
    Sayer,
    has_case,
    mention_at,
    sayer_of,
    short_words,
    unnamed_sayer,
    when_of,
)
from .attribution_works import Works

MOST_VOICES = 6
REFUTING = frozenset(
    "false untrue wrong baseless absurd lie premature nonsense unfounded fabricated groundless invention ridiculous".split()
)
"""What a claim is called by those who do not share it."""
STATED = frozenset("claim finding allegation accusation charge assertion information conclusion".split())
"""What was said, as the subject of what it rests on."""


class Attribution:
    """The voices of one report. `chain` and `direct` take indices into `parse.tokens`."""

    def __init__(self, report: Report, parse: Parse, findings: Findings) -> None:
        self._parse, self._findings, self._lexicon = parse, findings, load()
        self._works = Works(parse, findings)
        self._heard: list[Heard] = []
        self._recall = Recall(parse, findings, self._heard)
        self._cues = frozenset(q.cue_head for q in findings.quotations if q.cue_head is not None and q.clausal)
        self._over: dict[int, list[Heard]] = {}
        by_sentence: dict[int, list[Quotation]] = {}
        for quotation in findings.quotations:
            if quotation.cue_head is not None:
                by_sentence.setdefault(parse.tokens[quotation.cue_head].sent, []).append(quotation)
        for sentence in parse.sentences:
            self._works.open(sentence.first, sentence.last)
            for quotation in by_sentence.get(sentence.i, ()):
                self._hear(quotation)
            self._name_origin(sentence)
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

    def _is_unresolved(self, heard: Heard) -> bool:
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

    def _around(self, i: int) -> list[Heard]:
        around = self._over.get(i, ())
        cues = {id(h): h.quotation.cue_head or 0 for h in around}
        depth = {id(h): sum(cues[id(h)] in o.content for o in around if o is not h) for h in around}
        kept = [h for h in around if not any(self._reacts(h, o) for o in around if o is not h)]
        return sorted(kept, key=lambda h: (-depth[id(h)], len(h.content)))

    def _reacts(self, outer: Heard, inner: Heard) -> bool:
        """Whether an attribution only answers what another says: "denied accusations by ranchers that" leaves the ranchers' words
        theirs, and "denied that X, as residents claim" the denier's."""
        cue = self._parse.tokens[outer.quotation.cue_head or 0]
        other = self._parse.tokens[inner.quotation.cue_head or 0]
        if other.lemma == "deny" and cue.rel == "advcl":
            return any(k.lower == "as" for k in self._parse.kids(cue.i, "mark"))
        judged = self._parse.tokens[other.head]
        if other.upos == "NOUN" and other.rel == "nsubj" and judged.lemma in REFUTING and judged.i in outer.content:
            return inner.quotation.source is not None
        if cue.lemma not in self._lexicon.reactions or other.upos != "NOUN" or inner.quotation.source is None:
            return False
        return cue.i in self._parse.ancestors(other.i) and outer.quotation.source_head != inner.quotation.source_head

    def _go_on(self, sentence: Sentence) -> None:
        """A sentence in the pluperfect behind reported words of the past goes on with them ("… he said. They had fled.")."""
        root = next((t for t in self._parse.tokens[sentence.first : sentence.last] if t.head == t.i), None)
        opened = opening(self._parse, root, self._lexicon) if root is not None else None
        if opened is not None:
            self._heard.append(self._made(opened, frozenset()))
        if not sentence.i or root is None or not sentence_goes_on(self._parse, root):
            return
        before = self._parse.sentences[sentence.i - 1]
        if before.paragraph != sentence.paragraph:
            return
        for number in range(max(0, len(self._heard) - LOOK_BACK), len(self._heard)):
            heard = self._heard[number]
            if self._reaches(heard, before) and heard.quotation is not opened:
                more = frozenset(range(sentence.first, sentence.last))
                self._replace(number, replace(heard, content=heard.content | more))

    def _name_origin(self, sentence: Sentence) -> None:
        """Whom a voice names afterwards as the one it relies on: "The paper wrote that … It cited two officials."."""
        for verb in self._parse.tokens[sentence.first : sentence.last]:
            origin = named_later(self._parse, self._findings, verb) if verb.upos == "VERB" else None
            if origin is None:
                continue
            for number in range(len(self._heard) - 1, max(-1, len(self._heard) - LOOK_BACK), -1):
                heard = self._heard[number]
                of = self._parse.sentence(heard.quotation.cue_head or 0)
                if of.i < sentence.i - 1 or of.paragraph != sentence.paragraph:
                    break
                if (
                    (verb.i in heard.content and not _relative(self._parse, verb))
                    or heard.quotation.nested
                    or not self._own(verb, heard)
                ):
                    continue
                if not any(s.keys & origin.keys for s in heard.sayers):
                    self._replace(number, replace(heard, sayers=(origin, *heard.sayers)))
                break

    def _own(self, verb: Token, heard: Heard) -> bool:
        """Whether the subject of a verb of relying is the voice of an attribution, its work, or what it said."""
        at: Token | None = verb
        subject = None
        while at is not None and subject is None:
            subject = next((k for k in self._parse.kids(at.i) if k.rel == "nsubj"), None)
            up = self._parse.tokens[at.head]
            at = up if at.rel in ("ccomp", "conj") and up.i != at.i else None
        if subject is None or subject.i > verb.i:
            return False
        if subject.upos == "PRON" or subject.lemma in self._lexicon.works or subject.lemma in STATED:
            return (heard.quotation.cue_head or 0) < verb.i
        return bool(sayer_of(self._parse, self._findings, subject.i, None).keys & heard.sayers[-1].keys)

    def _replace(self, number: int, heard: Heard) -> None:
        """Put another reading in the place of an attribution, over more words or with more voices."""
        before, self._heard[number] = self._heard[number], heard
        for i in before.content:
            self._over[i] = [h for h in self._over[i] if h is not before]
        for i in heard.content:
            self._over.setdefault(i, []).append(heard)

    def _reaches(self, heard: Heard, sentence: Sentence) -> bool:
        """Whether an attribution holds the end of a sentence, by a cue in the past, not verbatim."""
        cue = self._parse.tokens[heard.quotation.cue_head or 0]
        told = cue.xpos in ("VBD", "VBN") and not heard.quotation.direct and heard.quotation.clausal
        told = told and not in_pluperfect(self._parse, cue.i)
        return told and (
            (cue.sent == sentence.i and not heard.quotation.nested) or (sentence.last - 2) in heard.content
        )

    # --- one attribution ---------------------------------------------------------------------------------------------

    def _hear(self, quotation: Quotation) -> None:
        assert quotation.cue_head is not None
        content = self._tokens(quotation.content_parts) - {quotation.cue_head}
        if not content or not self._speaks(quotation) or self._nobody(quotation):
            return
        content = self._without_addressee(quotation.cue_head, content)
        if quotation.clausal and not quotation.nested:
            content |= rest_behind(self._parse, quotation.cue_head, content, self._cues)
        heard = self._made(quotation, content)
        self._heard.append(heard)
        for i in content:
            self._over.setdefault(i, []).append(heard)

    def _made(self, quotation: Quotation, content: frozenset[int]) -> Heard:
        speaker, sayers = self._sayers(quotation, content)
        return Heard(quotation, content, sayers, self._tokens(quotation.verbatim) & content, speaker)

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
        hearsay = cue.upos == "NOUN" and cue.lemma in self._lexicon.hearsay and not quotation.direct
        return cue.upos == "VERB" or said_in or hearsay

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
        if cue.upos != "VERB" or cue.lower == "according":
            return True
        if self._infinitive(quotation, cue):
            return cue.lemma in self._lexicon.infinitives
        if quotation.direct:
            return True
        if cue.lemma in ("learn", "hear") and quotation.source_head is not None:
            return has_case(self._parse, self._parse.tokens[quotation.source_head], {"from"})
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

    def _sayers(self, quotation: Quotation, content: frozenset[int]) -> tuple[Sayer, tuple[Sayer, ...]]:
        """The voice of the source, and it with those nearer and farther, from the nearest outward."""
        cue_head = quotation.cue_head or 0
        if quotation.source_head is None or quotation.cue is None:
            nearest = unnamed_sayer(quotation.cue or self._parse.span(cue_head, cue_head + 1))
            return nearest, (nearest,)
        source = self._person_in(_antecedent(self._parse, quotation.source_head), quotation.source_head)
        nearest = sayer_of(self._parse, self._findings, source, quotation.cue)
        before = self._recall.speaker(source, cue_head)
        nearest = before if before is not None else nearest
        nearest = self._spoken_in(nearest, cue_head, content, source)
        inner = cited(self._parse, self._findings, cue_head, source, content)
        work = self._works.of(nearest, cue_head, source)
        outer = tuple(work.outer) if work is not None else ()
        passed = passed_on(self._parse, self._findings, source, cue_head)
        if passed:
            self._works.keep(nearest, passed, self._parse.sentence(cue_head).paragraph)
        carried = (
            *messengers(self._parse, self._findings, cue_head),
            *passed,
            *self._listening(quotation, cue_head),
        )
        if work is not None and work.words and all(v.work is None for v in nearest.voices):
            nearest = Sayer(tuple(replace(v, work=work.words) for v in nearest.voices), nearest.keys)
        return nearest, (*inner, nearest, *(o for o in (*carried, *outer) if not o.keys & nearest.keys))

    def _listening(self, quotation: Quotation, cue: int) -> tuple[Sayer, ...]:
        """Who was told and told us: a body that collects such words, or a voice that was speaking already ("some told him")."""
        body = listener(self._parse, self._findings, cue)
        if body is not None:
            return (sayer_of(self._parse, self._findings, body, None),)
        told = hearer(self._parse, cue)
        if told is None or quotation.nested:
            return ()
        keys = sayer_of(self._parse, self._findings, told, None).keys
        paragraph = self._parse.sentence(cue).paragraph
        for heard in reversed(self._heard[-LOOK_BACK:]):
            of = self._parse.sentence(heard.quotation.cue_head or 0)
            earlier = next((s for s in heard.sayers if s.keys & keys), None)
            if of.paragraph == paragraph and of.i < self._parse.sentence(cue).i and earlier is not None:
                return heard.sayers[heard.sayers.index(earlier) :]
        return ()

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


def _relative(parse: Parse, verb: Token) -> bool:
    """Whether a verb's subject is a relative pronoun."""
    return any(k.lower in ("which", "who") for k in parse.kids(verb.i, "nsubj"))
