"""Complement clauses whose form decides, beside the verb: "told them to leave", "is believed to be", "agreed that it was"."""

from __future__ import annotations

from ..model import Parse, Token
from .stance_constructions import of_motion, subjunctive, unknown
from .stance_lexicon import Effect, StanceLexicon
from .stance_marks import is_infinitive


def in_construction(
    parse: Parse, token: Token, head: Token, effect: Effect | None, lexicon: StanceLexicon
) -> Effect | None:
    """Where the form of the complement decides: "told them to leave", "is believed to be", "agreed that it was"."""
    infinitive = is_infinitive(parse, token)
    early = _by_form(parse, token, head, effect, lexicon)
    if early is not None:
        return early
    if token.rel == "ccomp" and effect in ("says", "doubts", "plans", "hopes") and subjunctive(parse, token):
        return "hopes" if head.lemma not in ("think", "believe", "fear") else effect
    if effect == "hopes" and head.lemma == "ask" and not infinitive and token.rel == "ccomp":
        if any(k.lower == "that" for k in parse.kids(token.i, "mark")):
            return "hopes"
        return "presupposes" if any(k.xpos in ("WRB", "WP", "WDT") for k in parse.kids(token.i)) else "doubts"
    if infinitive and token.rel == "xcomp" and _meant(parse, token, head):
        return "plans"
    if head.lemma == "suppose" and head.xpos in ("VB", "VBP") and not infinitive:
        return "doubts"
    if effect in ("says", "presupposes") and infinitive and token.rel in ("xcomp", "ccomp"):
        passive = any(k.dep == "aux:pass" for k in parse.kids(head.i)) or (head.xpos == "VBN" and head.upos != "ADJ")
        if not passive:
            return "keeps" if head.lemma in ("see", "find", "hear", "claim", "consider", "show") else "hopes"
        if head.lemma in ("tell", "remind", "inform"):
            return "hopes"
        return "doubts" if head.lemma in _HEARD else "says"
    if effect == "presupposes" and unknown(parse, head):
        return "doubts"
    if head.lemma in ("provide", "grant", "assume") and head.rel == "advcl" and head.xpos in ("VBN", "VBG"):
        return "doubts"
    if effect == "says" and not infinitive and token.rel in ("ccomp", "csubj"):
        return _without_voice(parse, head, effect)
    if effect == "doubts" and infinitive and head.lemma in ("warn", "caution", "suggest"):
        return "hopes"
    if effect == "doubts" and head.lemma in ("seem", "appear") and not infinitive and token.rel == "xcomp":
        return "keeps"
    if effect in ("plans", "hopes") and not infinitive and token.rel == "ccomp" and head.lemma in _SAY_WITH_THAT:
        return "says"
    if (
        effect in ("keeps", "goes_on")
        and head.lemma in ("go",)
        and any(a.lemma == "be" for a in parse.kids(head.i, "aux"))
    ):
        return "plans" if head.xpos == "VBG" else effect
    if head.lemma in ("have", "get") and infinitive and token.rel == "xcomp" and not parse.kids(head.i, "obj"):
        return "hopes" if head.lemma == "have" and head.xpos != "VBD" else "keeps"
    return effect


def _by_form(parse: Parse, token: Token, head: Token, effect: Effect | None, lexicon: StanceLexicon) -> Effect | None:
    """Classes of verbs whose gerund, infinitive or that-clause says something else than their other complements."""
    infinitive, lists = is_infinitive(parse, token), lexicon.lists
    finite = token.rel == "ccomp" and not infinitive and token.xpos != "VBG"
    negated = any(k.lower in NOT for k in parse.kids(head.i, "advmod"))
    past = head.xpos == "VBD" or (
        head.xpos == "VBN" and any(k.lemma in ("have", "be") for k in parse.kids(head.i, "aux"))
    )
    if finite and head.lemma in lists["conviction"]:
        return "doubts" if negated else "says"
    if finite and effect == "prevents" and head.lemma in lists["forgetting"]:
        return "presupposes"
    if finite and head.lemma == "propose":
        return "hopes"
    if effect == "ends" and (token.xpos == "VBG" or (infinitive and head.lemma == "cease")):
        return "prevents"
    if token.xpos == "VBG" and not parse.kids(token.i, "mark", "case"):
        if head.lemma in lists["advise"]:
            return "hopes"
        if head.lemma in lists["deliberate"]:
            return "doubts"
    if infinitive and head.lemma == "choose" and past:
        return "keeps"
    if infinitive and head.lemma in lists["binding"]:
        return "keeps" if past else "hopes"
    if infinitive and head.lemma == "take" and token.rel == "csubj":
        return "keeps" if past else "doubts"
    return "plans" if infinitive and head.lemma == "mean" and head.xpos != "VBN" else None


NOT = frozenset(("not", "n't", "n’t", "never", "hardly", "scarcely"))

_HEARD = frozenset(
    """believe think understand consider deem estimate say report allege rumour rumor suppose claim suspect fear purport assume presume
    imagine hear repute hold reckon""".split()
)
"""With an infinitive in the passive, hearsay: "is said to have fled"."""


def _meant(parse: Parse, token: Token, head: Token) -> bool:
    """Who moves in order to act, or wants to act himself, means to."""
    if head.lemma == "want":
        return not parse.kids(head.i, "obj") and not parse.kids(token.i, "nsubj") and head.xpos != "VB"
    return of_motion(parse, token, head) and not any(k.lemma == "be" for k in parse.kids(head.i, "aux"))


_SAY_WITH_THAT = frozenset(
    (
        "agree",
        "decide",
        "guarantee",
        "swear",
        "suggest",
        "determine",
        "advise",
        "find",
        "assure",
        "insist",
        "advocate",
        "challenge",
    )
)


def _without_voice(parse: Parse, head: Token, effect: Effect) -> Effect:
    """ "It was alleged that" commits nobody; "did not believe that" denies."""
    kids = parse.kids(head.i)
    passive = any(k.dep in ("aux:pass", "nsubj:pass") for k in kids)
    agent = any(k.dep == "obl:agent" for k in kids)
    if passive and not agent and any(k.lower == "it" for k in kids if k.rel in ("nsubj", "expl")):
        return "doubts"
    negated = any(k.lower in ("not", "n't", "n’t", "never") for k in kids if k.rel == "advmod")
    return "unbelieved" if negated and head.lemma in ("believe", "think") else effect
