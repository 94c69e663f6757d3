"""Whether words name a place or those who act from it: "in Tehran" is a place, "Tehran said" a government."""

from __future__ import annotations

from dragoman.model import Parse

LOCATING = frozenset(
    "in at near inside across throughout into outside around off within along beyond above below through over towards toward".split()
)
"""Prepositions before a place."""
WAYS = frozenset(("from", "to", "for", "of"))
"""Prepositions before a place or a party; the word that governs them decides."""
MOTION = frozenset(
    "go come travel fly drive walk move flee return arrive leave visit head march sail escape migrate withdraw enter reach cross tour"
    " land depart relocate deport extradite evacuate smuggle settle commute trip journey visit flight trek retreat pull".split()
)
"""Lemmas whose object or goal is a place."""
PARTY = frozenset(("by", "with", "on", "upon", "against"))
"""Prepositions before a party ("called on Athens"), of which "on" after a motion stands before a place ("a march on Rome")."""
MASTERS = frozenset("ally patron master backer friend sponsor paymaster protector handler".split())
"""Those who stand for the power in a capital: "its ally in Moscow"."""
GIFTS = frozenset(
    "money aid arms weapon order support instruction help cash fund funding pressure permission approval loan bribe signal reply answer word message "
    "missile drone ammunition subsidy grant guidance backing".split()
)
RECEIVING = frozenset("take receive get accept obtain demand want hear seek expect".split())
"""What comes from a power, and how it is got: "took money from Moscow"."""
AT_PLACE = frozenset("in at near around outside inside".split())


def cases(parse: Parse, head: int) -> set[str]:
    """The prepositions of a noun."""
    return {t.text.lower() for t in parse.kids(head, "case") if t.upos != "PART"}


def is_place(parse: Parse, head: int, city: bool) -> bool:
    """Whether the name with this head stands as a place. `city`: it names a town, which seldom acts."""
    token = parse.tokens[head]
    if token.rel == "conj" and token.head != head:
        return is_place(parse, token.head, city)
    if token.rel == "appos" and token.head != head and parse.tokens[token.head].upos == "PROPN" and city:
        return True
    before = cases(parse, head)
    governor = parse.tokens[token.head].lemma.lower() if token.head != head else ""
    if governor in MASTERS and city and "in" in before:
        return False
    if before & LOCATING:
        return True
    if before == {"from"} and governor in GIFTS | RECEIVING:
        return False
    if before & {"to", "from"}:
        return city or governor in MOTION
    if token.rel == "obj":
        return governor in MOTION and city
    if token.rel == "nsubj" or token.dep in ("nsubj:pass", "nmod:poss") or before & PARTY:
        return "on" in before and governor in MOTION
    return city and token.rel in ("obl", "nmod", "appos", "root", "list", "dep", "parataxis")


def acts(parse: Parse, head: int) -> bool:
    """Whether the noun with this head is in the place of one who acts or is acted on."""
    token = parse.tokens[head]
    if token.rel == "conj" and token.head != head:
        return acts(parse, token.head)
    return (
        token.rel in ("nsubj", "iobj")
        or token.dep in ("obl:agent", "nsubj:pass")
        or bool(cases(parse, head) & {"by", "with", "against"})
    )
