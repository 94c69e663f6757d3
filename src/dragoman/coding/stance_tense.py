"""When, on the clock of the narrative, a predicate stands: past, current, future, or earlier than the time told of."""

from __future__ import annotations

from ..model import Parse, Stance, Tense, Token

FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
MODAL = frozenset(("may", "might", "could", "can", "should", "must", "would", "ought"))
PAST_WORDS = frozenset(
    ("former", "erstwhile", "onetime", "one-time", "past", "previous", "late", "ex", "previously", "formerly", "once")
)
FUTURE_WORDS = frozenset(
    ("planned", "upcoming", "forthcoming", "future", "scheduled", "next", "coming", "imminent", "impending")
)
CURRENT_WORDS = frozenset(("current", "ongoing", "present", "continuing", "now", "currently", "still"))


def tense_of(parse: Parse, i: int, stance: Stance) -> Tense:
    """The tense of the happening that token `i` names, given its stance (what is planned or hoped lies ahead)."""
    token = parse.tokens[i]
    if stance in ("planned", "hoped") and not _copular_need(token):
        return "future"
    own = _worded(parse, token)
    if own is not None:
        return own
    seen = 0
    while seen < 24:
        found = _finite(parse, token)
        if found is not None:
            return found
        if token.head == token.i:
            break
        token, seen = parse.tokens[token.head], seen + 1
    return "current" if seen == 0 and token.upos == "VERB" and token.xpos != "VBN" else "past"


def _copular_need(token: Token) -> bool:
    """States that are wished hold of the present only where the word is no happening ("need", "want")."""
    return token.lemma in ("need", "want", "like", "hope", "wish")


def _worded(parse: Parse, token: Token) -> Tense | None:
    """Adjectives and adverbs on a nominal: "former patron", "upcoming talks"."""
    for kid in parse.kids(token.i, "amod", "advmod", "compound"):
        low = kid.lower
        if low in PAST_WORDS:
            return "past"
        if low in FUTURE_WORDS and token.upos != "VERB":
            return "future"
        if low in CURRENT_WORDS and token.upos != "VERB":
            return "current"
    return None


def _finite(parse: Parse, token: Token) -> Tense | None:
    """The tense that a verb group shows; None where the word carries none."""
    helpers = [k for k in parse.kids(token.i) if k.rel in ("aux", "cop")]
    words = {h.lower for h in helpers}
    if words & FUTURE:
        return "future"
    perfect = next((h for h in helpers if h.lemma == "have" and h.rel == "aux"), None)
    if perfect is not None:
        return "earlier" if perfect.lower in ("had", "'d") else "past"
    if words & MODAL:
        return "future" if words & {"would", "should", "must", "may", "might", "could"} else "current"
    for helper in helpers:
        if "Tense=Past" in helper.feats or helper.xpos == "VBD" or helper.lower in ("was", "were", "did", "had"):
            return "past"
        if (
            helper.xpos in ("VBZ", "VBP")
            or "Tense=Pres" in helper.feats
            or helper.lower in ("is", "are", "am", "'s", "'re")
        ):
            return _present(parse, token)
    if token.xpos == "VBD" or ("VerbForm=Fin" in token.feats and "Tense=Past" in token.feats):
        return "past"
    if token.xpos in ("VBZ", "VBP") or ("VerbForm=Fin" in token.feats and "Tense=Pres" in token.feats):
        return "current"
    if token.xpos == "VBN" and token.rel in ("acl", "amod", "advcl"):
        return "past"
    return None


def _present(parse: Parse, token: Token) -> Tense:
    """ "Is going to leave" lies ahead; "is leaving", "is closed" do not."""
    if token.lemma == "go" and token.xpos == "VBG" and parse.kids(token.i, "xcomp"):
        return "future"
    return "current"
