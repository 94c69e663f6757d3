"""How far words that somebody said reach: into later clauses and sentences that are told in his tense."""

from __future__ import annotations

from ..model import Parse, Quotation, Token
from .attribution_lexicon import VoiceLexicon

SHIFTED = frozenset(("had", "would", "'d"))
"""Auxiliaries by which past speech goes on without a cue: "They had fled.", "The army would stay."."""
PLAIN = frozenset(("say", "tell", "add", "reply", "answer"))
GIVING = frozenset("give offer present publish release provide deliver issue share read send".split())
"""Verbs that put a work before the public, whose words the next sentences tell."""
TOLD = frozenset(("version", "story", "detail", "account", "list", "picture", "description", "summary"))
"""What a person gives in his own words."""


def backshifted(parse: Parse, i: int) -> bool:
    """Whether a clause stands in the tense of past speech."""
    return any(k.rel == "aux" and k.lower in SHIFTED for k in parse.kids(i))


def in_pluperfect(parse: Parse, i: int) -> bool:
    """Whether a clause has "had" as auxiliary."""
    return any(k.rel == "aux" and k.lower == "had" for k in parse.kids(i))


def sentence_goes_on(parse: Parse, root: Token) -> bool:
    """Whether a sentence of its own goes on with the words of the one before: in the pluperfect, with no speaker but by request."""
    if not in_pluperfect(parse, root.i):
        return False
    return root.lemma not in PLAIN or not parse.kids(root.i, "ccomp")


def rest_behind(parse: Parse, cue: int, content: frozenset[int], taken: frozenset[int]) -> frozenset[int]:
    """Later clauses of the cue's sentence that go on with what was said: "…, they said; they had hidden", "…, he said, while
    the rebels had stolen". `taken` are cues of other attributions, whose clauses are left to them."""
    token = parse.tokens[cue]
    if token.xpos not in ("VBD", "VBN") or not content or min(content) > cue:
        return frozenset()
    sentence = parse.sentence(cue)
    found: set[int] = set()
    for i in range(cue + 1, sentence.last):
        if i in content or i in found or parse.tokens[i].upos not in ("VERB", "ADJ", "NOUN"):
            continue
        inside = {k for k in parse.subtree(i) if k > cue}
        opened = min(inside)
        if not backshifted(parse, i) or inside & taken or not any(k.rel == "nsubj" for k in parse.kids(i)):
            continue
        stopped = parse.tokens[opened].text in (",", ";") or parse.tokens[opened - 1].text in (",", ";")
        if stopped and not any(k.lower in ("who", "which", "that", "as") for k in parse.kids(i)):
            found |= inside
    return frozenset(found)


def opening(parse: Parse, root: Token, lexicon: VoiceLexicon) -> Quotation | None:
    """A sentence that puts a work before the public whose words the next sentences tell: "gave reporters his version of the
    spring", "published a leaked memorandum". The source is who gives his own words, else the work."""
    subject = next((k for k in parse.kids(root.i, "nsubj") if k.dep == "nsubj"), None)
    work = next((k for k in parse.kids(root.i, "obj") if k.lemma in TOLD | lexicon.written), None)
    if subject is None or work is None or root.lemma not in GIVING or root.xpos not in ("VBD", "VBZ"):
        return None
    own = work.lemma in TOLD or any(k.xpos == "PRP$" for k in parse.kids(work.i))
    source = subject if own else work
    return Quotation(
        source=parse.span(source.i, source.i + 1),
        cue=parse.span(root.i, root.i + 1),
        content=None,
        direct=False,
        source_head=source.i,
        cue_head=root.i,
    )
