"""Attributions by syntax: a cue verb, noun, adjective or preposition with its source and its content."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Parse, Token
from .quotations_contents import (
    after_preposition,
    by_commas,
    clause_content,
    gerund_content,
    infinitive_content,
    object_content,
    rest_of_sentence,
)
from .quotations_lexicon import Cues
from .quotations_nouns import about, according, in_words, of_adjective, of_noun
from .quotations_spans import OPENERS, Draft, Range, is_passive, phrase, subject_of, verb_group
from .quotations_surface import (
    MISREAD,
    apposed,
    before_participle,
    beside_cue,
    in_dateline,
    inverted,
    misparsed_subject,
    misread,
)


def drafts(parse: Parse, cues: Cues) -> Iterator[Draft]:
    """Every attribution that syntax shows, in text order of its cue."""
    for token in parse.tokens:
        if (
            token.upos == "VERB"
            or (token.upos == "NOUN" and token.lemma in cues.nouns | cues.copular | cues.view_nouns)
            or token.upos in ("ADJ", "ADP", "AUX")
        ):
            yield from _of(parse, token, cues)
        if token.upos == "NOUN" and token.lemma in MISREAD:
            draft = misread(parse, token)
            if draft is not None:
                yield draft


def _of(parse: Parse, token: Token, cues: Cues) -> Iterator[Draft]:
    if token.lower == "according":
        yield from according(parse, token)
    elif token.upos == "VERB" and token.rel not in ("amod", "case", "compound", "aux"):
        draft = _of_verb(parse, token, cues)
        if draft is not None:
            yield draft
    elif token.upos == "NOUN":
        draft = in_words(parse, token) if token.lemma in cues.view_nouns else None
        draft = draft or of_noun(parse, token, cues) or about(parse, token, cues)
        if draft is not None:
            yield draft
    elif token.upos == "ADJ" and token.lemma in cues.adjectives:
        draft = of_adjective(parse, token) or about(parse, token, cues)
        if draft is not None:
            yield draft


def _of_verb(parse: Parse, verb: Token, cues: Cues) -> Draft | None:
    frames = cues.verbs.get(verb.lemma, frozenset())
    pairs = cues.pairs.get(verb.lemma, frozenset())
    if not frames and not pairs:
        return None
    if _asked_about(parse, verb):
        return None
    source = inverted(parse, verb) if verb.lemma in (cues.speech - cues.addressed) | {"read"} else None
    tag = source is not None
    source = source or subject_of(parse, verb) or misparsed_subject(parse, verb)
    if source is not None and in_dateline(parse, source):
        source = None
    reports = verb.lemma in cues.speech or ("clause" in frames and _ends_sentence(parse, verb))
    if source is None and reports and (verb.lemma == "quote" or not is_passive(parse, verb)):
        source = beside_cue(parse, verb_group(parse, verb), verb.lemma in cues.addressed)
        source = source or before_participle(parse, verb)
    cue: set[int] = {verb.i}
    content = clause_content(parse, verb, cues, source) if "clause" in frames and not tag else None
    asked = "infinitive" in frames and any(
        k.lower == "to" for x in parse.kids(verb.i, "xcomp") for k in parse.kids(x.i, "mark")
    )  # "A, says B, has offered to mediate": what is offered stands behind the verb
    if (
        content is None
        and not asked
        and (verb.lemma in cues.speech or ("clause" in frames and _ends_sentence(parse, verb)))
    ):
        content = by_commas(parse, verb, source) or (clause_content(parse, verb, cues, source) if tag else None)
    clausal = content is not None
    if content is None and "infinitive" in frames:
        content = infinitive_content(parse, verb)
        clausal = content is not None
    if content is None and "object" in frames:
        content = gerund_content(parse, verb)
    if content is None and pairs:
        content = after_preposition(parse, verb, pairs, cue)
    if content is None and "object" in frames:
        content = object_content(parse, verb)
    if content is None and verb.lemma in cues.speech:
        content = after_preposition(parse, verb, cues.verb_topics, cue)
    if content is None and verb.lemma in cues.speech and source is not None:
        content = rest_of_sentence(parse, verb, source)
        clausal = content is not None
    if not content or (not clausal and _unrealised(parse, verb)):
        return None
    content = _from_complementizer(parse, verb, content - _source_tokens(parse, source, content, verb))
    content = _this_side(parse, verb, content)
    group = verb_group(parse, verb, cue)
    span = _source_range(parse, source, verb)
    if span is not None and source is not None:
        span = _with_apposition(parse, span, group)
        content = content - _inside(span) if source.i not in content else content
    return Draft(
        span,
        source.i if source is not None and span else None,
        group,
        verb.i,
        frozenset(content - _inside(group)),
        clausal,
    )


def _asked_about(parse: Parse, verb: Token) -> bool:
    """ "The spokesman, asked about reports that …, said": he was asked, and says nothing by it."""
    return (
        verb.lemma in ("ask", "question", "quiz", "press")
        and verb.xpos in ("VBN", "VBD")
        and parse.tokens[max(0, verb.i - 1)].text == ","
        and not parse.kids(verb.i, "obj", "iobj", "ccomp", "xcomp")
        and any(
            k.lower in ("about", "on", "whether") for o in parse.kids(verb.i, "obl", "advcl") for k in parse.kids(o.i)
        )
    )


ASPECT = frozenset(
    (
        "continue",
        "begin",
        "start",
        "go",
        "come",
        "keep",
        "tend",
        "seem",
        "appear",
        "refuse",
        "decline",
        "fail",
        "proceed",
    )
)


def _ends_sentence(parse: Parse, verb: Token) -> bool:
    return verb.i + 2 == parse.sentence(verb.i).last and parse.tokens[verb.i + 1].text in (".", ";")


def _unrealised(parse: Parse, verb: Token) -> bool:
    """An infinitive or participle that hangs on something else tells of no act of speech yet ("a plan to address it")."""
    if verb.rel == "acl" and verb.dep != "acl:relcl":
        return verb.xpos != "VBG"
    if not any(k.lower == "to" for k in parse.kids(verb.i, "mark")):
        return False
    return verb.rel in ("xcomp", "advcl", "csubj", "ccomp", "acl") and parse.tokens[verb.head].lemma not in ASPECT


def _inside(span: Range) -> set[int]:
    return set(range(*span))


def _with_apposition(parse: Parse, source: Range, cue: Range) -> Range:
    """A source that only a phrase between commas parts from its cue takes that phrase in: "Amin, now a judge, said"."""
    first, last = source[1], cue[0]
    words = parse.tokens[first:last]
    if len(words) < 3 or words[0].text != "," or words[-1].text != "," or len(words) > 40:
        return source
    if any(t.text in OPENERS or (t.head == parse.tokens[cue[1] - 1].i and t.rel in ("obl", "advcl")) for t in words):
        return source
    return source[0], last - 1


def _this_side(parse: Parse, verb: Token, content: set[int]) -> set[int]:
    """Reported words do not reach over a semicolon."""
    sentence = parse.sentence(verb.i)
    stops = [t.i for t in parse.tokens[sentence.first : sentence.last] if t.text == ";"]
    low = max((i for i in stops if i < verb.i), default=-1)
    high = min((i for i in stops if i > verb.i), default=len(parse.tokens))
    if not stops or not any(low < i < high for i in content):
        return content
    return {i for i in content if low < i < high}


def _from_complementizer(parse: Parse, verb: Token, content: set[int]) -> set[int]:
    """Without what stands between the cue and the "that" of its content ("said by phone that")."""
    for kid in parse.kids(verb.i, "ccomp"):
        that = next((k.i for k in parse.kids(kid.i, "mark") if k.lower == "that" and k.i > verb.i), None)
        if that is not None:
            return {i for i in content if i >= that or i < verb.i}
    return content


def _source_tokens(parse: Parse, source: Token | None, content: set[int], verb: Token) -> set[int]:
    if source is None or source.i not in content:
        return set()
    if source.head == verb.i:
        return set(parse.subtree(source.i))
    return _inside(apposed(parse, source.i, verb_group(parse, verb))) if verb.i in parse.ancestors(source.i) else set()


def _expletive(parse: Parse, verb: Token) -> bool:
    return any(k.rel == "expl" for k in parse.kids(verb.i))


def _source_range(parse: Parse, source: Token | None, verb: Token) -> Range | None:
    if source is None or (source.rel != "expl" and source.lower in ("it", "there") and _expletive(parse, verb)):
        return None
    if verb.i in parse.ancestors(source.i) and source.head != verb.i:
        return apposed(parse, source.i, verb_group(parse, verb))
    return phrase(parse, source.i, without=set(parse.subtree(verb.i)) if source.head != verb.i else ())
