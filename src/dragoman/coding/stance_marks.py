"""What a predicate itself shows of its stance: negation, modals, adverbs, opening words, mood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model import Outcome, Parse, Stance, Token
from .stance_lexicon import StanceLexicon, load

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


@dataclass(frozen=True, slots=True)
class Local:
    """Stance while the climb is under way."""

    stance: Stance
    outcome: Outcome | None = None
    reason: str = "asserted"


ACTUAL = Local("actual")


Test = Callable[[Parse, Token, list[Token], StanceLexicon], Local | None]


def own_marks(parse: Parse, i: int, lexicon: StanceLexicon, further: tuple[Test, ...] = ()) -> Local:
    """The stance that the words beside the predicate give it; "asserted" where there are none."""
    token, kids = parse.tokens[i], parse.kids(i)
    tests: tuple[Test, ...] = (
        negation,
        _modified,
        opening,
        _modal,
        _adverbial,
        _commanded,
        _named_purpose,
    )
    found = ACTUAL
    for test in (*further, *tests):
        local = test(parse, token, kids, lexicon)
        if local is not None:
            found = local if found is ACTUAL else _stronger(found, local)
    return found


def _stronger(first: Local, second: Local) -> Local:
    """Of two marks on one predicate: negation twice is none; negation beats mood; the first mood stays."""
    if first.stance == second.stance == "denied":
        return Local("actual", None, "double negation")
    if second.stance == "denied":
        return second
    if first.stance == "planned" and second.stance == "possible":
        return Local("possible", None, second.reason)
    if first.stance == "actual":
        return Local(second.stance, first.outcome or second.outcome, second.reason)
    return first


def negation(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """Denied where a word beside the predicate negates it, or its subject or object is nobody or nothing."""
    carried = token.rel in ("nsubj", "obj") and lexicon.noun_verbs.get(parse.tokens[token.head].lemma) == "keeps"
    for kid in kids:
        low = kid.lower
        if carried and kid.rel == "det":
            continue  # "has no plan": the verb carries the negation of its argument
        if kid.rel in ("advmod", "cc", "det", "case", "mark") and lexicon.adverbs.get(low) == "negative":
            if low in ("not", "n't", "n’t") and (
                _not_only(parse, kid)
                or _why_not(parse, token, kid)
                or _but_so(parse, token)
                or _until(parse, token, kids)
                or _unmatched(parse, kids)
            ):
                continue
            return Local("denied", None, low)
        if low == "longer" and kid.i > 0 and parse.tokens[kid.i - 1].lower == "no":
            return Local("denied", None, "no longer")
        if kid.rel == "aux" and low in ("cannot", "wont", "dont", "didnt", "cant", "isnt", "doesnt", "wasnt"):
            return Local("denied", None, low)
        if kid.rel in ("nsubj", "obj", "det", "obl", "expl") and _is_none(parse, kid, lexicon):
            return Local("denied", None, low)
    return Local("denied", None, "no one") if _no_one_before(parse, token, kids) else None


def _not_only(parse: Parse, word: Token) -> bool:
    """Whether "not" belongs to "not only", "not just", "not because", which assert the predicate."""
    after = word.i + 1
    return after < len(parse.tokens) and parse.tokens[after].lower in (
        "only",
        "just",
        "merely",
        "simply",
        "because",
        "least",
        "surprisingly",
    )


def _why_not(parse: Parse, token: Token, word: Token) -> bool:
    """ "Why not consult them?" proposes."""
    return word.i > 0 and parse.tokens[word.i - 1].lower == "why" and token.xpos == "VB"


def _but_so(parse: Parse, token: Token) -> bool:
    """Whether only the reason or aim is negated: "did not attack because of the bridge but because of the oil"."""
    rest = [t.lower for t in parse.tokens[token.i + 1 : parse.sentence(token.i).last]]
    if "but" not in rest or rest.index("but") + 1 >= len(rest):
        return False
    at = rest.index("but")
    return rest[at + 1] in ("because", "for", "to", "out", "by") and rest[at + 1] in rest[:at]


def _until(parse: Parse, token: Token, kids: list[Token]) -> bool:
    """Whether something came late rather than not: "did not begin until midnight"."""
    past = any(k.lower in ("did", "was", "were", "had") for k in kids if k.rel == "aux")
    late = any(
        c.lower in ("until", "till") for k in kids if k.rel in ("obl", "advcl") for c in parse.kids(k.i, "case", "mark")
    )
    return past and late


def _unmatched(parse: Parse, kids: list[Token]) -> bool:
    """Whether it was done now as it was not before: "has not thanked them so openly since the war"."""
    perfect = any(k.rel == "aux" and k.lower in ("has", "have", "had", "'s", "’s", "'ve", "’ve") for k in kids)
    so = any(g.lower in ("so", "as", "this") for k in kids if k.rel == "advmod" for g in parse.kids(k.i, "advmod"))
    since = any(c.lower == "since" for k in kids if k.rel in ("obl", "advcl") for c in parse.kids(k.i, "case", "mark"))
    return perfect and so and since


_HARDLY = frozenset(("not", "hardly", "scarcely", "barely"))
"""Before a quantifier these make it none: "not one of them", "hardly any"."""


def _no_one_before(parse: Parse, token: Token, kids: list[Token]) -> bool:
    """Whether "no one" stands before a verb without a subject, as the parser may misplace it."""
    first = min([token.i, *(k.i for k in kids if k.rel == "aux" and k.i < token.i)])
    if token.upos != "VERB" or first < 2 or any(k.rel == "nsubj" for k in kids):
        return False
    return parse.tokens[first - 1].lower == "one" and parse.tokens[first - 2].lower == "no"


def _is_none(parse: Parse, kid: Token, lexicon: StanceLexicon) -> bool:
    if kid.lower in lexicon.negative_quantifiers:
        return kid.rel != "expl"
    if kid.lower in ("little", "few") and kid.rel in ("nsubj", "obj") and not parse.kids(kid.i):
        return True
    return any(
        k.rel in ("det", "advmod", "cc")
        and (k.lower in lexicon.negative_quantifiers or (k.i < kid.i and k.lower in _HARDLY))
        for k in parse.kids(kid.i)
    ) and kid.rel in (
        "nsubj",
        "obj",
    )


_OPEN = frozenset(("would", "will", "could", "may", "might", "should"))


def _modified(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """Adjectives and participles before a noun: "a planned visit", "attempted coup"."""
    if token.upos not in NOMINAL:
        return None
    for kid in kids:
        if kid.rel == "det" and kid.lower == "any" and any(k.lower in _OPEN for k in parse.kids(token.head, "aux")):
            return Local("possible", None, "any")
        bare = token.xpos == "NN" and not parse.kids(token.i, "det")
        if kid.rel == "amod" and kid.lower == "little" and bare:
            return Local("denied", None, "little")
        if kid.rel not in ("amod", "compound", "advmod", "nmod"):
            continue
        word = lexicon.modifiers.get(kid.lower)
        if kid.lower == "called" and any(k.lower == "so" for k in parse.kids(kid.i)):
            word = "possible"
        if word is not None:
            return _modifier(word, kid.lower)
    return None


def _modifier(name: str, word: str) -> Local:
    if name in ("failed", "foiled", "ongoing"):
        return Local("actual", _outcome(name), word)
    if name == "cancelled":
        return Local("planned", "cancelled", word)
    return Local(_stance(name), None, word)


def opening(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """Words that open the clause: if, whether, without, rather than; "to" of purpose is seen by the climb."""
    for kid in kids:
        if kid.rel not in ("mark", "case", "cc"):
            continue
        fixed = " ".join((kid.lower, *(k.lower for k in parse.kids(kid.i, "fixed"))))
        stance = lexicon.marks.get(fixed) or _long_mark(parse, kid, lexicon) or lexicon.marks.get(kid.lower)
        if stance == "denied" and (kid.lower not in ("rather", "instead") or _is_instead(parse, kid)):
            return Local("denied", None, kid.lower)
        reached = kid.lower in ("until", "till") and token.xpos in ("VBD", "VBN")
        if stance == "possible" and kid.rel == "mark" and not reached:
            return Local("possible", None, kid.lower)
    return None


def _long_mark(parse: Parse, last: Token, lexicon: StanceLexicon) -> Stance | None:
    """The stance of a mark of several words, whatever the parser made of them: "as long as", "on condition that"."""
    for size in (4, 3, 2):
        words = parse.tokens[max(0, last.i + 1 - size) : last.i + 1]
        stance = lexicon.marks.get(" ".join(t.lower for t in words))
        if stance is not None and len(words) == size:
            return stance
    return None


def _is_instead(parse: Parse, word: Token) -> bool:
    after = word.i + 1
    return after < len(parse.tokens) and parse.tokens[after].lower in ("than", "of")


def _modal(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """Auxiliaries; where the predicate has none and no subject of its own, those of the conjunct before it."""
    words = [k for k in kids if k.rel == "aux"]
    if not words and token.rel == "conj" and not any(k.rel in ("nsubj", "mark", "cop") for k in kids):
        words = [k for k in parse.kids(token.head, "aux") if not _diverges(token, parse.tokens[token.head])]
        kids = [*kids, *parse.kids(token.head, "advcl")]
    names = {lexicon.auxiliaries[w.lower]: w.lower for w in words if w.lower in lexicon.auxiliaries}
    if not names:
        return None
    if _asked_of_you(parse, token, words):
        return Local("hoped", None, f"{words[0].lower} you …?")
    perfect = any(w.lemma == "have" for w in words)
    if "conditional" in names:
        return _would(parse, perfect, kids, names["conditional"])
    if "possible" in names:
        forestalled = any(k.lower == "before" for k in kids if k.rel == "mark")
        denied = names["possible"] in ("could", "can") and (perfect or forestalled)
        return Local("denied" if denied else "possible", None, names["possible"])
    if "wanted" in names:
        stance: Stance = "hoped"
        if perfect:
            stance = "denied" if names["wanted"] in ("should", "ought") else "possible"
        return Local(stance, None, names["wanted"])
    conditional = any(_conditional(parse, k, lexicon) for k in kids)
    asked = token.rel == "root" and parse.tokens[parse.sentence(token.i).last - 1].text == "?"
    return Local("possible" if conditional or asked else "planned", None, names["future"])


def _asked_of_you(parse: Parse, token: Token, words: list[Token]) -> bool:
    """ "Can you send it?" asks for the act rather than doubting it."""
    if not words or parse.tokens[parse.sentence(token.i).last - 1].text != "?":
        return False
    return any(
        k.rel == "nsubj" and k.lower in ("you", "we", "someone", "anyone") and k.i > words[0].i
        for k in parse.kids(token.i)
    )


def _diverges(token: Token, head: Token) -> bool:
    """Whether the forms cannot share an auxiliary: "will leave and has said"."""
    return token.xpos != head.xpos and {token.xpos, head.xpos} & {"VBD", "VBZ", "VBP"} != set()


def _would(parse: Parse, perfect: bool, kids: list[Token], word: str) -> Local:
    if perfect:
        return Local("denied", None, f"{word} have")
    conditional = any(_conditional(parse, k, load()) or _generic(parse, k) or _supposed(parse, k) for k in kids)
    return Local("possible" if conditional else "planned", None, word)


def _generic(parse: Parse, kid: Token) -> bool:
    """A subject that is anything of its kind: "any attack would draw a response"."""
    return kid.rel == "nsubj" and any(
        k.lower in ("any", "anyone", "anybody", "whoever") for k in (kid, *parse.kids(kid.i))
    )


def _supposed(parse: Parse, kid: Token) -> bool:
    """ "In the event that he accepts", "in that case", "given the chance"."""
    if kid.rel == "obl" and kid.lemma in ("event", "case", "circumstance"):
        return any(k.lower in ("in", "under") for k in parse.kids(kid.i, "case"))
    given = kid.lower if kid.rel in ("advcl", "obl") else ""
    return given == "given" or (kid.rel == "obl" and any(k.lower == "given" for k in parse.kids(kid.i, "case")))


def _conditional(parse: Parse, kid: Token, lexicon: StanceLexicon) -> bool:
    if kid.rel == "advmod":
        return any(_conditional(parse, k, lexicon) for k in parse.kids(kid.i, "advcl"))
    if kid.rel != "advcl":
        return False
    marks = parse.kids(kid.i, "mark")
    if any(k.lower in ("if", "unless") or _long_mark(parse, k, lexicon) == "possible" for k in marks):
        return True
    first = parse.tokens[min(parse.subtree(kid.i))]
    return first.lower in ("should", "were", "had") and first.head == kid.i and first.rel == "aux" and not marks


def _adverbial(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    for kid in kids:
        if kid.rel not in ("advmod", "discourse", "intj"):
            continue
        name = lexicon.adverbs.get(kid.lower)
        if name == "possible":
            return Local("possible", None, kid.lower)
        if name == "near":
            return Local("denied", "failed", kid.lower) if token.upos == "VERB" else None
        if name == "hoped":
            return Local("hoped", None, kid.lower)
        if name == "ongoing" and kid.lower == "still":
            return Local("actual", "ongoing", "still")
    return None


def _commanded(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """Imperatives wish; questions leave it open."""
    if token.xpos == "VBG" and token.lemma == "go" and parse.kids(token.i, "xcomp"):
        return Local("planned", None, "going to")
    if (
        token.upos == "VERB"
        and token.rel in ("root", "parataxis", "ccomp")
        and is_infinitive(parse, token)
        and parse.kids(token.i, "cop")
    ):
        return Local("planned", None, "is to")
    if _headline_future(parse, token):
        return Local("planned", None, "to (headline)")
    if token.upos == "VERB" and token.rel in ("root", "conj", "parataxis", "ccomp") and _imperative(parse, token, kids):
        return Local("hoped", None, "imperative")
    main = token.rel in ("root", "parataxis") or (
        token.rel == "conj" and token.upos == "VERB" and parse.tokens[token.head].rel == "root"
    )
    if main and parse.tokens[parse.sentence(token.i).last - 1].text == "?":
        return Local("possible", None, "question")
    return None


def _headline_future(parse: Parse, token: Token) -> bool:
    """ "Ecuador to close border": the verb of a sentence without a finite one."""
    if token.xpos != "VB" or token.rel not in ("root", "parataxis") or not is_infinitive(parse, token):
        return False
    before = parse.tokens[parse.sentence(token.i).first : token.i]
    return any(t.upos in NOMINAL for t in before) and not any(t.upos in ("VERB", "AUX") for t in before)


def _named_purpose(parse: Parse, token: Token, kids: list[Token], lexicon: StanceLexicon) -> Local | None:
    """An act that a noun of intent is said to be: "the goal was restoring ties", "its purpose: restoring ties"."""
    that = any(k.lower == "that" for k in kids if k.rel == "mark")
    if token.xpos not in ("VBG", "VB", "NN") and not that:
        return None
    named = [k for k in kids if k.dep in ("nsubj", "nsubj:outer")] if any(k.lemma == "be" for k in kids) else []
    opening = min(parse.subtree(token.i))
    if (
        not named
        and token.xpos == "VBG"
        and opening > 0
        and ":" in (parse.tokens[opening - 1].text, parse.tokens[opening].text)
    ):
        named = [parse.tokens[token.head], *parse.kids(token.head, "obj", "nsubj")]
    for noun in named:
        effect = lexicon.nouns.get(noun.lemma, "") if noun.i < token.i else ""
        if effect in _INTENTS and (that or effect != "doubts"):
            return Local(_INTENTS[effect], None, noun.lemma)
    return None


_INTENTS: dict[str, Stance] = {"plans": "planned", "hopes": "hoped", "doubts": "possible"}


def _imperative(parse: Parse, token: Token, kids: list[Token]) -> bool:
    if token.xpos != "VB" and "Mood=Imp" not in token.feats:
        return False
    if any(k.rel in ("nsubj", "aux", "mark", "csubj", "expl") and k.lower not in ("do", "don't") for k in kids):
        return False
    if token.rel == "conj":
        head = parse.tokens[token.head]
        return _imperative(parse, head, parse.kids(head.i)) or "Mood=Imp" in token.feats
    return True


def is_infinitive(parse: Parse, token: Token) -> bool:
    """Whether the word is an infinitive with "to", or shares that of the conjunct before it."""
    if token.xpos == "VBG":
        return False  # "confessed to beating"
    return any(k.lower == "to" and k.rel == "mark" for k in parse.kids(token.i)) or (
        token.rel == "conj" and token.xpos == "VB"
    )


def _stance(name: str) -> Stance:
    stances: dict[str, Stance] = {"planned": "planned", "hoped": "hoped", "possible": "possible", "denied": "denied"}
    return stances[name]


def _outcome(name: str) -> Outcome:
    outcomes: dict[str, Outcome] = {"failed": "failed", "foiled": "foiled", "ongoing": "ongoing"}
    return outcomes[name]
