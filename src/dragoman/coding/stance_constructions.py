"""Constructions in which more than one word decides: phrasal verbs, hearsay, claims that are denied, subjunctives, inverted conditions."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Parse, Token
from .stance_lexicon import Effect, StanceLexicon
from .stance_marks import NOMINAL, Local

MOTION = frozenset(
    (
        "come",
        "go",
        "move",
        "rush",
        "return",
        "travel",
        "fly",
        "arrive",
        "gather",
        "assemble",
        "stay",
        "meet",
        "stop",
        "rise",
    )
)
STATES = frozenset(
    ("know", "see", "realise", "realize", "believe", "regard", "dominate", "mean", "be", "have", "understand")
)
EVIDENCE = frozenset(
    ("evidence", "sign", "indication", "proof", "trace", "hint", "truth", "basis", "question", "suggestion")
)
UNDOUBTED = frozenset(("doubt", "question", "dispute", "contest"))
UNTRUE = frozenset(
    (
        "hoax",
        "lie",
        "fabrication",
        "fiction",
        "myth",
        "slander",
        "invention",
        "untruth",
        "falsehood",
        "libel",
        "fantasy",
        "nonsense",
        "false",
        "untrue",
        "baseless",
        "unfounded",
        "groundless",
        "wrong",
        "incorrect",
        "bogus",
        "fake",
        "fabricated",
        "invented",
        "inaccurate",
        "fictitious",
        "absurd",
    )
)
HEARSAY = frozenset(("rumour", "rumor", "gossip", "hearsay", "legend", "speculation", "whisper"))


def effect_of(table: Mapping[str, Effect], parse: Parse, head: Token) -> Effect | None:
    """The effect of a verb, of the phrasal verb that it makes with its particle first ("call off", "rule out")."""
    for kid in parse.kids(head.i):
        if kid.dep == "compound:prt" or (
            kid.i == head.i + 1 and kid.upos in ("ADP", "ADV") and kid.rel in ("advmod", "compound")
        ):
            found = table.get(f"{head.lemma} {kid.lower}")
            if found is not None:
                return found
    return table.get(head.lemma) or table.get(f"{head.lemma}e")


def with_case(table: Mapping[str, Effect], parse: Parse, token: Token, head: Token) -> Effect | None:
    """The effect of a verb on what its preposition governs: "suspected of having", "kept them from leaving"."""
    for kid in parse.kids(token.i, "case", "mark"):
        found = table.get(f"{head.lemma} {kid.lower}")
        if found is not None:
            return found
    return None


def subjunctive(parse: Parse, token: Token) -> bool:
    """Whether a that-clause has a bare verb beside a singular subject: "suggested that he step down"."""
    subject = next((k for k in parse.kids(token.i, "nsubj")), None)
    if subject is None or token.upos not in ("VERB", "AUX") or token.xpos not in ("VB", "VBP", "VBN"):
        return False
    if any(k.rel == "aux" and k.lower == "be" and k.xpos == "VB" for k in parse.kids(token.i)):
        return not any(k.xpos in ("MD", "TO") for k in parse.kids(token.i))
    if any(k.rel == "aux" and k.lower not in ("be", "not") for k in parse.kids(token.i)) or token.lower != token.lemma:
        return False
    singular = subject.lower in ("he", "she", "it") or (
        subject.xpos in ("NN", "NNP") and not parse.kids(subject.i, "conj")
    )
    return singular and token.lower not in ("put", "set", "cut", "let", "hit", "shut")


def of_claim(parse: Parse, noun: Token, lexicon: StanceLexicon) -> Local | None:
    """What is made of a claim that its noun names: "dismissed claims that", "reports of a raid were false", "no evidence that"."""
    kids = parse.kids(noun.i)
    if any(k.rel == "det" and k.lower in ("no", "neither", "little") for k in kids) and noun.lemma in EVIDENCE:
        return Local("denied", None, f"no {noun.lemma}")
    for kid in kids:
        if kid.rel == "amod" and lexicon.modifiers.get(kid.lower) in ("denied", "possible"):
            return Local("denied" if lexicon.modifiers[kid.lower] == "denied" else "possible", None, kid.lower)
    if _owned(parse, kids):
        return None
    head = parse.tokens[noun.head]
    if any(k.lower == "as" for k in parse.kids(head.i, "mark", "case")):  # "dismissed as slander the story of"
        head = parse.tokens[head.head]
    if noun.rel == "obj" or noun.dep == "nsubj:pass":
        if head.lemma in lexicon.lists["retracting"]:
            return Local("denied", None, f"{head.lemma} {noun.lemma}")
        effect = effect_of(lexicon.clause_verbs, parse, head)
        if effect == "denies" and not any(k.lower in ("not", "n't", "never") for k in parse.kids(head.i, "advmod")):
            return Local("denied", None, f"{head.lemma} {noun.lemma}")
        return Local("possible", None, f"{head.lemma} {noun.lemma}") if effect == "doubts" else None
    if noun.rel == "nsubj":
        return _of_told(parse, noun, head)
    return None


def _owned(parse: Parse, kids: list[Token]) -> bool:
    """Whether the claim is somebody's, who is then the voice: "accusations by ranchers that"."""
    return any(
        k.dep == "nmod:poss" or (k.rel == "nmod" and any(c.lower in ("by", "from") for c in parse.kids(k.i, "case")))
        for k in kids
    )


def _of_told(parse: Parse, noun: Token, head: Token) -> Local | None:
    """The claim as a subject: "was a hoax", "proved false", "there are reports that"."""
    predicates = [head, *parse.kids(head.i, "xcomp")]
    if any(p.lemma in UNTRUE for p in predicates if p.i != noun.i):
        return Local("denied", None, "untrue")
    existential = any(k.rel == "expl" and k.lower == "there" for k in parse.kids(head.i))
    return (
        Local("possible", None, f"there are {noun.lower}")
        if existential and noun.lemma not in ("fact", "news")
        else None
    )


CIRCUMSTANCES = frozenset(
    ("circumstance", "account", "time", "way", "case", "condition", "event", "means", "point", "stage", "occasion")
)


def circumstances(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Under no circumstances were they released", "at no time did", "in no way"."""
    for kid in kids:
        if kid.rel == "obl" and kid.lemma in CIRCUMSTANCES and any(k.lower == "no" for k in parse.kids(kid.i, "det")):
            return Local("denied", None, f"no {kid.lower}")
    return None


def too(parse: Parse, token: Token, head: Token) -> bool:
    """Whether an infinitive hangs on "too": "too proud to bow"."""
    around = [
        *(k for k in parse.kids(head.i, "advmod") if head.upos != "VERB" or k.i == head.i - 1),
        *(k for a in parse.kids(head.i, "amod") for k in parse.kids(a.i, "advmod")),
    ]
    return any(k.lower == "too" and k.i < token.i for k in around)


SCHEDULED = frozenset(("tomorrow", "tonight"))


def scheduled(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """A present of what lies ahead: "meets tomorrow", "is leaving next week"."""
    present = token.xpos in ("VBZ", "VBP") or (
        token.xpos in ("VBG", "VBN") and any(k.lower in ("is", "are", "'s", "'re") for k in kids if k.rel == "aux")
    )
    if token.upos != "VERB" or not present:
        return None
    for kid in kids:
        ahead = any(k.lower in ("next", "coming") for k in parse.kids(kid.i, "amod"))
        if kid.lower in SCHEDULED or (kid.dep == "obl:unmarked" and ahead):
            return Local("planned", None, kid.lower)
    return None


def unsure_source(parse: Parse, head: Token, lexicon: StanceLexicon) -> bool:
    """ "Unconfirmed reports say", "rumours say": nobody stands for it."""
    return any(
        k.lemma.lower() in HEARSAY or any(lexicon.modifiers.get(a.lower) == "possible" for a in parse.kids(k.i, "amod"))
        for k in parse.kids(head.i, "nsubj")
    )


def hearsay(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "According to gossip", "by unconfirmed reports": nobody stands for it."""
    for kid in kids:
        if kid.rel != "obl" or not any(c.lower in ("according", "by", "per") for c in parse.kids(kid.i, "case")):
            continue
        unsure = any(lexicon.modifiers.get(k.lower) == "possible" for k in parse.kids(kid.i, "amod"))
        if kid.lemma in HEARSAY or (unsure and lexicon.nouns.get(kid.lemma) == "says"):
            return Local("possible", None, kid.lemma)
    return None


def yet_to(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Have yet to be received", "is yet to come"."""
    at = next((k.i for k in kids if k.rel == "mark" and k.lower == "to"), None)
    if (
        at is not None
        and at > 1
        and parse.tokens[at - 1].lower == "yet"
        and parse.tokens[at - 2].lemma in ("have", "be")
    ):
        return Local("denied", None, "yet to")
    return None


def short_of(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Stopped short of condemning", "far from ending"."""
    for kid in kids:
        if kid.rel in ("mark", "case") and kid.i > 0:
            pair = (parse.tokens[kid.i - 1].lower, kid.lower)
            before = parse.tokens[kid.i - 2].lower if kid.i > 1 else ""
            if pair in (("short", "of"), ("far", "from")) and before not in ("nothing", "little", "not", "as", "so"):
                return Local("denied", None, " ".join(pair))
    return None


def inverted_condition(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """ "Were the elders to agree, …", "Had they known, …", "Should talks fail, …"."""
    if token.upos != "VERB":
        return None
    sentence = parse.sentence(token.i)
    first = next((t for t in parse.tokens[sentence.first : token.i] if t.upos != "PUNCT"), None)
    if first is None or first.lower not in ("were", "had", "should") or parse.tokens[sentence.last - 1].text == "?":
        return None
    between = parse.tokens[first.i + 1 : token.i]
    rest = parse.tokens[token.i + 1 : sentence.last - 1]
    if any(t.text == "," or t.upos == "VERB" for t in between) or not any(t.text == "," for t in rest):
        return None
    return Local("denied" if first.lower == "had" else "possible", None, f"{first.lower} (condition)")


def of_motion(parse: Parse, token: Token, head: Token) -> bool:
    """ "Have come to protect": who moves in order to act only means to; "came to know" is no movement."""
    on = any(k.lower in ("on", "about", "back") for k in parse.kids(head.i, "compound", "advmod"))
    return head.lemma in MOTION and token.lemma not in STATES and not on and not parse.kids(token.i, "cop", "aux")


def subject_noun(parse: Parse, head: Token, lexicon: StanceLexicon) -> Effect | None:
    """The noun whose clause stands behind the verb: "doubts are growing that", "rumour has it that"."""
    for kid in parse.kids(head.i, "nsubj"):
        if kid.lemma.lower() in HEARSAY:
            return "doubts"
        effect = lexicon.nouns.get(kid.lemma) if kid.upos in NOMINAL else None
        if kid.lemma in EVIDENCE and any(k.lower == "no" for k in parse.kids(kid.i, "det")):
            return "denies"
        if effect in ("doubts", "hopes", "denies", "plans"):
            return effect
    return None


def unknown(parse: Parse, head: Token) -> bool:
    """ "It is not known who", "it was never established that"."""
    kids = parse.kids(head.i)
    return any(k.rel == "expl" or (k.lower == "it" and k.dep == "nsubj:pass") for k in kids) and any(
        k.lower in ("not", "n't", "never") for k in kids
    )


def fails(parse: Parse, head: Token, lexicon: StanceLexicon) -> bool:
    """Whether a predicate says that its subject failed: "collapsed", "came to nothing", "fell through"."""
    kids = parse.kids(head.i, "advmod", "compound", "obl", "xcomp", "obj")
    return bool(lexicon.lists["failing"] & {head.lemma, *(f"{head.lemma} {k.lower}" for k in kids)})


def vain(parse: Parse, head: Token, governor: Local, lexicon: StanceLexicon) -> bool:
    """Whether what a verb or noun of intent aimed at was tried without success: "sought in vain", "efforts came to nothing"."""
    if head.upos in NOMINAL:
        return governor.outcome == "failed" and head.lemma in lexicon.lists["effort"]
    words = [k for k in parse.kids(head.i, "advmod", "obl") if k.lower in lexicon.lists["futile"]]
    return any(
        k.rel == "advmod" or any(c.lower in ("in", "no", "without") for c in parse.kids(k.i, "case", "det"))
        for k in words
    )
