"""Attributions that layout shows: headlines with a colon or a dash, transcripts, and quoted words without a cue."""

from __future__ import annotations

from ..model import Parse, Report, Token
from .quotations_lexicon import Cues
from .quotations_marks import MOST_SCARE_WORDS, Marked, paragraphs, words_in
from .quotations_spans import Draft, Range, phrase, subject_of, verb_group
from .quotations_surface import beside_cue

MOST_SPEAKER_WORDS = 8
"""Words before the colon of a headline or a transcript line; longer is a sentence that goes on."""

MOST_TITLE_WORDS = 3
"""Words before the colon of a headline that need not be a name ("Poll: …", "Witnesses: …")."""

CLOSING_SPEAKERS = frozenset(
    "report study poll survey source official minister ministry police army spokesman spokeswoman witness resident medium media aide analyst "
    "union rebel president premier lawyer state agency charity diplomat expert court doctor monitor envoy".split()
)
"""Nouns that name who said it behind the dash of a headline, without a capital: "Bank hid losses – report"."""

DASHES = frozenset(("-", "–", "—", "--"))


def headed(report: Report, parse: Parse) -> list[Draft]:
    """Attributions of the forms "Speaker: words" at the head of a paragraph and "Words - Speaker" in the first one."""
    found: list[Draft] = []
    for number, (first, last) in enumerate(paragraphs(parse)):
        start, end = parse.sentences[first].first, parse.sentences[last - 1].last
        draft = _with_colon(parse, start, end, number == 0)
        if draft is None and number == 0:
            draft = _with_dash(parse, start, end)
        if draft is not None:
            found.append(draft)
    return found


def _with_colon(parse: Parse, start: int, end: int, title: bool) -> Draft | None:
    while start < end - 3 and parse.tokens[start].text in ("“", '"', "''", "-", "–", "—"):
        start += 1
    at = next(
        (i for i in range(start + 1, min(end, start + MOST_SPEAKER_WORDS + 1)) if parse.tokens[i].text == ":"), None
    )
    if at is None or at + 2 >= end:
        return None
    before = parse.tokens[start:at]
    if not _names_speaker(before, title) or not _is_statement(parse, at + 1, end, title):
        return None
    head = _head(before)
    return Draft((start, at), head, (at, at + 1), at, frozenset(range(at + 1, end)), True, headed=True)


def _names_speaker(words: tuple[Token, ...], title: bool = False) -> bool:
    """Whether words before a colon can be someone who speaks: a name or a noun phrase, without a verb."""
    if any(
        t.upos in ("VERB", "AUX", "NUM", "SCONJ", "PUNCT") and t.text not in (".", ",", "(", ")", "'", "’")
        for t in words
    ):
        return False
    named = any(t.upos == "PROPN" or (t.text.isupper() and len(t.text) > 1) for t in words)
    if not words[0].text[:1].isupper():
        return False
    if title:
        return named or len(words) <= MOST_TITLE_WORDS
    lower = [t for t in words if t.text[:1].islower() and t.upos not in ("ADP", "DET", "PART")]
    return named and not lower and sum(t.upos == "PROPN" or t.text.isupper() for t in words) * 2 > len(words)


def _is_statement(parse: Parse, first: int, last: int, title: bool) -> bool:
    words = parse.tokens[first:last]
    clause = any(t.upos in ("VERB", "AUX") for t in words)
    return clause and (title or len(words) > 3)


def _head(words: tuple[Token, ...]) -> int:
    inside = {t.i for t in words}
    for token in words:
        if (token.head not in inside or token.head == token.i) and token.upos in ("PROPN", "NOUN"):
            return token.i
    return max((t.i for t in words if t.upos in ("PROPN", "NOUN")), default=words[-1].i)


def _with_dash(parse: Parse, start: int, end: int) -> Draft | None:
    """A headline that ends with a dash and the speaker."""
    tokens = parse.tokens
    at = next(
        (i for i in range(end - 1, max(start + 2, end - MOST_SPEAKER_WORDS), -1) if tokens[i].text in DASHES), None
    )
    if at is None or at + 1 >= end or at - start < 3:
        return None
    after = tokens[at + 1 : end]
    named = _names_speaker(tuple(t for t in after if t.text != "."))
    named = named or (len(after) <= MOST_TITLE_WORDS and after[-1].lemma in CLOSING_SPEAKERS)
    if not named or not any(t.upos in ("VERB", "AUX") for t in tokens[start:at]):
        return None
    return Draft((at + 1, end), _head(after), (at, at + 1), at, frozenset(range(start, at)), True, headed=True)


def loose(parse: Parse, marked: tuple[Marked, ...], found: list[Draft], cues: Cues) -> list[Draft]:
    """Quoted words that no attribution took: given to the subject of the verb that governs them, if it stands outside."""
    used = {d.cue_head for d in found}
    made: list[Draft] = []
    for quote in marked:
        if any(not quote.holds(d.cue_head) and any(quote.holds(i) for i in d.content) for d in found):
            continue
        closed = _closing_cue(parse, quote, cues, used)
        if closed is not None:
            made.append(closed)
            continue
        if words_in(parse, quote) <= MOST_SCARE_WORDS:
            continue
        verb = _governor(parse, quote)
        led = _of_lead_in(parse, quote, cues) if verb is None or verb.lemma not in cues.speech else None
        draft = led or (_of_governor(parse, quote, verb, cues) if verb is not None else None)
        if draft is not None:
            made.append(draft)
    return made


def _closing_cue(parse: Parse, quote: Marked, cues: Cues, used: set[int]) -> Draft | None:
    """A speaker and cue directly behind closed quoted words, though the parser began a new sentence with them."""
    if (
        not quote.closed
        or quote.last >= len(parse.tokens)
        or parse.tokens[quote.last - 2].text not in (",", "?", "!", ".")
    ):
        return None
    sentence = parse.sentence(quote.last)
    if sentence.paragraph != parse.sentence(quote.first).paragraph:
        return None
    for token in parse.tokens[quote.last : min(sentence.last, quote.last + MOST_SPEAKER_WORDS * 2)]:
        if token.upos != "VERB":
            continue
        if token.lemma not in cues.speech or token.i in used:
            return None
        source = beside_cue(parse, verb_group(parse, token)) if token.i > quote.last else None
        source = subject_of(parse, token) or source or _behind(parse, token)
        if source is None or source.i < quote.last:
            return None
        span = phrase(parse, source.i, without=set(parse.subtree(token.i)) if source.head != token.i else ())
        return Draft(span, source.i, verb_group(parse, token), token.i, frozenset(range(quote.first, quote.last)), True)
    return None


def _behind(parse: Parse, verb: Token) -> Token | None:
    """The speaker behind a cue that opens its sentence: "said Amin"."""
    return next(
        (
            k
            for k in parse.kids(verb.i, "obj", "nsubj", "obl", "ccomp")
            if k.i > verb.i and k.upos in ("PROPN", "NOUN", "PRON")
        ),
        None,
    )


def _governor(parse: Parse, quote: Marked) -> Token | None:
    """The nearest verb outside the marks that governs the quoted words."""
    inside = range(quote.first, quote.last)
    for i in inside:
        head = parse.tokens[i].head
        if head in inside or head == i or parse.tokens[i].rel == "punct":
            continue
        for at in (head, *parse.ancestors(head)):
            if parse.tokens[at].upos == "VERB" and at not in inside:
                return parse.tokens[at]
    return None


def _of_governor(parse: Parse, quote: Marked, verb: Token, cues: Cues) -> Draft | None:
    source = subject_of(parse, verb)
    if source is None or quote.holds(source.i):
        return None
    cue = verb_group(parse, verb)
    if any(quote.holds(i) for i in range(*cue)):
        return None
    span = phrase(parse, source.i, without=set(range(quote.first, quote.last)) | set(range(*cue)))
    return Draft(span, source.i, cue, verb.i, frozenset(range(quote.first, quote.last)), verb.lemma in cues.speech)


def _of_lead_in(parse: Parse, quote: Marked, cues: Cues) -> Draft | None:
    """A quotation that a cue verb leads in or closes from the same sentence's edge, or with a colon before it."""
    sentence = parse.sentence(quote.first)
    window: Range = (sentence.first, quote.first)
    if quote.first > sentence.first and parse.tokens[quote.first - 1].text != ":":
        return None
    if quote.first == sentence.first:
        if quote.first == 0 or parse.tokens[quote.first - 1].text not in (":", ","):
            return None
        window = (parse.sentences[parse.tokens[quote.first - 1].sent].first, quote.first)
    for i in range(window[1] - 1, window[0] - 1, -1):
        token = parse.tokens[i]
        if token.upos == "VERB" and token.lemma in cues.speech:
            return _of_governor(parse, quote, token, cues)
    return None
