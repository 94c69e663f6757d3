"""Works over sentences: the interview, speech or report that a voice speaks in, and the voices it came through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..model import Findings, Parse, Span, Token, Voice
from .attribution_lexicon import load
from .attribution_relays import passed_on
from .attribution_voices import Sayer, has_case, media_kind, mention_at, party_of, sayer_of, short_words, token_at

PATIENCE = 1
"""Paragraphs without its speaker after which a work is left."""

SPEAKING = frozenset(("speak", "talk", "tell", "say", "add"))
STAFF = frozenset(("reporter", "correspondent", "journalist", "editor", "interviewer", "columnist"))
"""Who asks for a medium, which is then the one that was told."""

CITING = frozenset(
    (
        "cite",
        "quote",
        "mention",
        "reference",
        "publish",
        "carry",
        "air",
        "broadcast",
        "note",
        "report",
        "release",
        "describe",
    )
)


ARTICLES = frozenset("el la le les los las il o os der die das al an ar as het de".split())
BROAD = frozenset(("radio", "television", "tv", "media", "network", "website", "blog"))
"""Media that are no voice where they are only the way: "announced on the radio", "wrote on social media"."""
WRITING = frozenset(("write", "argue", "note", "ask", "point", "reveal", "claim", "suggest"))
PROGRAMMES = frozenset(("programme", "program", "show", "service", "newscast", "podcast"))


@dataclass(slots=True)
class Work:
    """What a speaker is known to be speaking in: the voices between speaker and report, and the words for the work."""

    outer: list[Sayer] = field(default_factory=list)
    words: str | None = None
    paragraph: int = 0
    lemma: str | None = None


class Works:
    """The works of one report that are open, by the keys of who speaks in them."""

    def __init__(self, parse: Parse, findings: Findings) -> None:
        self._parse, self._findings, self._lexicon = parse, findings, load()
        self._works: dict[str, Work] = {}

    def open(self, first: int, last: int) -> None:
        """ "A cited an interview that B gave to agency C": B will speak through C and A."""
        for token in self._parse.tokens[first:last]:
            if token.upos != "VERB" or token.lemma not in CITING:
                continue
            work = next((k for k in self._parse.kids(token.i, "obj", "obl") if k.lemma in self._lexicon.works), None)
            subject = next((k for k in self._parse.kids(token.i) if k.dep == "nsubj"), None)
            if subject is not None and subject.upos == "PRON" and token.rel == "conj":
                subject = next((k for k in self._parse.kids(token.head) if k.dep == "nsubj"), subject)
            if work is not None and subject is not None:
                self._open(token, work, subject)

    def _open(self, verb: Token, work: Token, subject: Token) -> None:
        speaker, medium = self._given(work)
        if speaker is None:
            return
        citing = sayer_of(self._parse, self._findings, subject.i, Span(verb.start, verb.end, verb.text))
        outer = [citing]
        if medium is not None:
            outer.insert(0, sayer_of(self._parse, self._findings, self._named_in(medium), None))
        opened = Work(outer, short_words(self._parse, work.i), self._parse.sentence(verb.i).paragraph, work.lemma)
        for key in sayer_of(self._parse, self._findings, speaker, None).keys:
            self._works[key] = opened

    def keep(self, sayer: Sayer, outer: tuple[Sayer, ...], paragraph: int) -> None:
        """Who passed on the words of a voice once passes on the next ones, too: "an officer, interviewed by the paper"."""
        for key in sayer.keys:
            if key not in self._works and not any(key in o.keys for o in outer):
                self._works[key] = Work(list(outer), None, paragraph)

    def of(self, sayer: Sayer, cue: int, source: int) -> Work | None:
        """The work that the voice speaks in at this sentence; opened by a medium named beside the cue."""
        paragraph = self._parse.sentence(cue).paragraph
        medium = self._medium_beside(cue)
        known = next((self._works[k] for k in sorted(sayer.keys) if k in self._works), None)
        if known is None and self._parse.tokens[source].lemma in self._lexicon.works:
            known = self._same_work(source, paragraph)
        if known is not None and paragraph - known.paragraph > PATIENCE:
            known = None
        if medium is not None:
            known = self._with_medium(known, medium)
            for key in sayer.keys:
                self._works[key] = known
        if known is not None:
            known.paragraph = paragraph
        return known

    def _same_work(self, source: int, paragraph: int) -> Work | None:
        """A later mention of the work itself: "the interview", "the rest of the interview"."""
        lemma = self._parse.tokens[source].lemma
        return next((w for w in self._works.values() if w.lemma == lemma and paragraph - w.paragraph <= PATIENCE), None)

    def _with_medium(self, known: Work | None, medium: Sayer) -> Work:
        """A medium takes the place of one that was only described ("an Iranian news agency"); citing voices stay outside."""
        work = known or Work()
        outside = [o for o in work.outer if not any(v.kind in ("agency", "outlet") for v in o.voices)]
        work.outer = [medium, *(o for o in outside if not o.keys & medium.keys)]
        return work

    def _medium_beside(self, cue: int) -> Sayer | None:
        """The medium that a cue's clause names as hearer: "told AFP", "in an interview with the daily", "speaking to".

        The cue itself keeps its span as the cue of the medium.
        """
        parse = self._parse
        clauses = [cue, *(k.i for k in parse.kids(cue, "advcl") if k.lemma in SPEAKING)]
        if parse.tokens[cue].upos == "NOUN":
            clauses += [
                parse.tokens[cue].head,
                *(k.i for k in parse.kids(parse.tokens[cue].head, "advcl") if k.lemma in SPEAKING),
            ]
        for clause in clauses:
            for kid in (*parse.kids(clause, "obl", "obj", "iobj"), *self._told(clause)):
                medium = self._medium_in(kid)
                if medium is not None and medium != cue:
                    return sayer_of(parse, self._findings, medium, None)
        return self._printed_in(cue) or self._interviewer(cue)

    def _printed_in(self, cue: int) -> Sayer | None:
        """ "Wrote in the Madras Observer", also where the parser hung it on the writer."""
        parse = self._parse
        if parse.tokens[cue].lemma not in WRITING:
            return None
        writer = [k for k in parse.kids(cue) if k.rel in ("nsubj", "obj")]
        beside = [cue, *(k.i for k in writer), *(a.i for k in writer for a in parse.kids(k.i, "appos", "flat"))]
        for kid in (k for at in beside for k in parse.kids(at, "obl", "nmod")):
            if kid.upos == "PROPN" and has_case(parse, kid, {"in", "for"}) and self._is_medium(kid.i):
                return sayer_of(parse, self._findings, self._named_in(kid.i), None)
        return None

    def _told(self, clause: int) -> list[Token]:
        """Who was told: the subject of a passive ("the paper was told by")."""
        passive = self._parse.tokens[clause].lemma in ("tell", "inform", "assure")
        return [k for k in self._parse.kids(clause) if passive and k.dep == "nsubj:pass"]

    def _interviewer(self, cue: int) -> Sayer | None:
        """The medium of "in an interview with X", wherever in the sentence the parser hung it."""
        parse = self._parse
        sentence = parse.sentence(cue)
        for token in parse.tokens[sentence.first : sentence.last]:
            if token.i < cue and token.head != cue:
                continue
            if token.lemma == "interview" and has_case(self._parse, token, {"in", "during"}):
                whom = next((k for k in parse.kids(token.i, "nmod") if has_case(self._parse, k, {"with", "to"})), None)
                mention = mention_at(self._findings, parse, whom.i) if whom is not None else None
                whom = _named_daily(parse, token, whom)
                if whom is not None and (mention is None or mention.type != "PERSON"):
                    found = sayer_of(parse, self._findings, self._named_in(whom.i), None)
                    return Sayer(tuple(_as_medium(v) for v in found.voices), found.keys)
        return None

    def _medium_in(self, token: Token) -> int | None:
        """The head of the medium in a phrase: the phrase itself, or what an interview in it was given to."""
        parse = self._parse
        cases = {c.lower for c in parse.kids(token.i, "case")}
        if parse.tokens[token.i].lemma in BROAD and cases & {"on", "over"} and not _which(parse, token.i):
            return None
        if token.lemma in PROGRAMMES:
            return next((k.i for k in parse.kids(token.i, "nmod:poss", "compound") if self._is_medium(k.i)), None)
        hearer = token.rel in ("iobj", "obj", "nsubj") or cases & {"to", "with", "by", "on"}
        if hearer and self._is_medium(token.i):
            return self._named_in(token.i)
        if token.rel in ("iobj", "obj") and self._foreign_title(token):
            return token.i
        if hearer and token.lemma in STAFF:
            return next(
                (self._named_in(k.i) for k in parse.kids(token.i, "nmod", "compound") if self._is_medium(k.i)), None
            )
        if token.lemma in self._lexicon.works and token.rel == "obl":
            spread = passed_on(parse, self._findings, token.i, token.i)
            if spread:
                return token_at(parse, spread[0].voices[0].start)
            for inner in parse.kids(token.i, "nmod"):
                inner_cases = {c.lower for c in parse.kids(inner.i, "case")}
                if inner_cases & {"with", "to", "in", "on", "for", "by"} and self._is_medium(inner.i):
                    return self._named_in(inner.i)
        return None

    def _foreign_title(self, token: Token) -> bool:
        """Whether a hearer is named as newspapers of other languages are: "told El Faro del Sur"."""
        mention = mention_at(self._findings, self._parse, token.i)
        named = mention is not None and mention.form == "name"
        words = (mention.party.name if mention is not None and named else token.text).lower().replace("-", " ").split()
        known = mention is not None and (mention.party.id is not None or mention.place)
        head = self._parse.tokens[token.head]
        return token.upos == "PROPN" and words[0] in ARTICLES and not known and head.lemma == "tell"

    def _is_medium(self, i: int) -> bool:
        bare = self._parse.tokens[i].lemma in self._lexicon.agency_nouns and [
            k.lower for k in self._parse.kids(i) if k.rel not in ("punct", "case")
        ] == ["the"]
        return bare or media_kind(self._parse, i, party_of(self._findings, self._parse, i)) is not None

    def _named_in(self, i: int) -> int:
        """The named medium inside "Iran's ISNA news agency", else the phrase's own head."""
        own = mention_at(self._findings, self._parse, i)
        if own is not None and own.form == "name":
            return i
        for kid in self._parse.kids(i, "compound", "appos", "flat", "nmod:desc"):
            party = party_of(self._findings, self._parse, kid.i)
            if media_kind(self._parse, kid.i, party) is not None or (kid.rel == "appos" and kid.upos == "PROPN"):
                return kid.i
        behind = next((m for m in self._findings.mentions if m.first == i + 1 and m.form == "name"), None)
        if behind is not None and self._parse.tokens[i].upos == "NOUN":
            return behind.head  # "the agency Furat Press", cut apart by the parser
        return i if len(self._parse.kids(i)) > 1 else self._named_before(i)

    def _named_before(self, i: int) -> int:
        """The medium that a bare "the agency", "the paper" goes back to: the one named last, else the word itself."""
        token = self._parse.tokens[i]
        if token.upos != "NOUN":
            return i
        for mention in reversed(self._findings.mentions):
            beside = self._parse.tokens[self._parse.tokens[mention.head].head].lemma == token.lemma
            if mention.head < i and mention.form == "name" and (beside or self._is_medium(mention.head)):
                return mention.head
        return i

    def _given(self, work: Token) -> tuple[int | None, int | None]:
        """Who gave a work and to whom: "an interview B gave to C", "an interview with B in C", "a speech by B"."""
        speaker = medium = None
        for clause in self._parse.kids(work.i, "acl"):
            subject = next((k for k in self._parse.kids(clause.i) if k.dep == "nsubj"), None)
            agent = next((k for k in self._parse.kids(clause.i, "obl") if has_case(self._parse, k, {"by"})), None)
            giver = subject or agent or self._between(work.i, clause.i)
            if giver is not None and giver.upos != "PRON":
                speaker = giver.i
            medium = next(
                (
                    k.i
                    for k in self._parse.kids(clause.i, "obl")
                    if k.upos != "PRON" and has_case(self._parse, k, {"to", "with", "in"})
                ),
                medium,
            )
        for kid in self._parse.kids(work.i, "nmod"):
            if self._is_medium(kid.i):
                medium = kid.i
            elif kid.dep == "nmod:poss" or has_case(self._parse, kid, {"with", "by", "of", "from"}):
                speaker = speaker if speaker is not None else kid.i
        return speaker, medium

    def _between(self, first: int, last: int) -> Token | None:
        """The person named between two words, where the parser did not make him the subject."""
        mention = next(
            (m for m in self._findings.mentions if first < m.head < last and m.type == "PERSON" and m.form == "name"),
            None,
        )
        return self._parse.tokens[mention.head] if mention is not None else None


def _named_daily(parse: Parse, work: Token, whom: Token | None) -> Token | None:
    """The medium's own name where the parser cut it off its description: "with the daily Le Rivage"."""
    if whom is not None and whom.upos == "NOUN":
        behind = next((k for k in parse.kids(work.i, "nmod") if k.i > whom.i and k.upos == "PROPN"), None)
        return behind if behind is not None and not parse.kids(behind.i, "case") else whom
    return whom


def _which(parse: Parse, i: int) -> bool:
    """Whether the words for a medium say which one it is."""
    return any(k.rel in ("compound", "amod", "nmod", "flat", "appos") and k.lower != "social" for k in parse.kids(i))


def _as_medium(voice: Voice) -> Voice:
    return voice if voice.kind == "agency" else replace(voice, kind="outlet")
