"""Which words of a parse carry an event, by the frame lexicon: a look-up by lemma, then checks of the frame's conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.coding.arguments import Arguments, of_verb
from dragoman.coding.carriers import of_noun
from dragoman.coding.frames import Condition, Frame, Lexicon
from dragoman.coding.nouns import actor_nouns
from dragoman.coding.phrases import antecedent_of
from dragoman.model import Parse, Token

WHOLE = frozenset(
    "number series lot group wave string round kind sort part spate package set range variety form amount majority dozen hundred thousand all "
    "most some much batch contingent team worth % percent bulk share".split()
)
"""Heads that stand for what follows `of`."""
NAME = "%name"
"""What conditions write for any proper noun ("Rabat", "Mr Tao")."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that carries an event: its token, the frame that fits best, its arguments and the tokens that the frame used up.

    `chance` is how likely the classifier thinks that the word carries an event of that type (0-1); None where it was not asked.
    """

    token: Token
    frame: Frame
    args: Arguments
    used: frozenset[int]
    chance: float | None = None


def find_triggers(parse: Parse, lexicon: Lexicon) -> list[Trigger]:
    """Every word that a frame fits, in text order; nouns that a verb's frame has used up are left out."""
    found = [t for token in parse.tokens if (t := _trigger(parse, token, lexicon)) is not None]
    used = {i: t for t in found if t.frame.kind != "noun" for i in t.used}
    carried = {t.args.host for t in found if t.frame.kind == "noun" and t.args.host != t.token.i}
    return [t for t in found if not _used_up(t, used) and not _only_carries(t, carried)]


def _used_up(trigger: Trigger, used: Mapping[int, Trigger]) -> bool:
    """A noun that a verb's frame asks for is part of that event, unless the verb tells of the event or stops it."""
    verb = used.get(trigger.token.i)
    if trigger.frame.kind != "noun" or verb is None:
        return False
    return trigger.frame.type == verb.frame.type or not (verb.frame.speech or verb.frame.mode == "seize")


def _only_carries(trigger: Trigger, carried: set[int]) -> bool:
    """A verb that carries an event noun makes no event of its own, unless its frame asks for that noun."""
    return trigger.token.i in carried and not trigger.used


def lemmas(token: Token) -> Iterator[str]:
    """The lemma, and what else the form may come from where the lemma is doubtful."""
    lemma = token.lemma.lower()
    yield lemma
    form = token.lower
    if form != lemma:
        if form.endswith("ies"):
            yield form[:-1]
        yield form
    if token.upos == "VERB":
        yield from _stems(form)


def _stems(form: str) -> Iterator[str]:
    """What verb a regular form may come from: "vetoed" veto, "boycotting" boycott, "suing" sue, "barred" bar."""
    for ending in ("ing", "ed", "es", "s"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2:-1]:
                yield stem[:-1]
            return


def kinds(token: Token) -> tuple[str, ...]:
    """The kinds of frame that may fit a word."""
    if token.upos == "VERB" and token.rel == "amod":
        return ("adj",)
    if token.upos == "VERB":
        return ("verb", "adj") if token.xpos in ("VBN", "VBG", "JJ") else ("verb",)
    if token.upos == "NOUN":
        return ("noun",)
    if token.upos == "ADJ":
        return ("adj",)
    if token.upos == "PROPN":
        return ("noun",)
    return ()


def _trigger(parse: Parse, token: Token, lexicon: Lexicon) -> Trigger | None:
    for kind in kinds(token):
        for lemma in lemmas(token):
            frames = lexicon.of(kind, lemma)
            if frames:
                fit = _fit(parse, token, kind, frames, lexicon)
                if fit is not None:
                    return fit
    return None


def _fit(parse: Parse, token: Token, kind: str, frames: tuple[Frame, ...], lexicon: Lexicon) -> Trigger | None:
    if kind == "noun" and (
        token.rel in ("compound", "flat") or (token.upos == "PROPN" and not _title_case(parse, token))
    ):
        return None
    args = of_noun(parse, token.i, lexicon.light) if kind == "noun" else of_verb(parse, token.i)
    for frame in frames:
        used = fits(parse, args, frame)
        if used is not None:
            return Trigger(token, frame, args, used)
    return None


def _title_case(parse: Parse, token: Token) -> bool:
    """A capitalised common noun counts in a headline, where most words are capitalised."""
    sentence = parse.sentences[token.sent]
    words = [t for t in parse.tokens[sentence.first : sentence.last] if t.text[:1].isalpha() and len(t.text) > 3]
    return len(words) > 2 and sum(t.text[0].isupper() for t in words) > 0.8 * len(words)


def fits(parse: Parse, args: Arguments, frame: Frame) -> frozenset[int] | None:
    """The complements that the frame asks for, where it fits; None where it does not."""
    if frame.particle is not None and not _has_particle(parse, args, frame.particle):
        return None
    if frame.particle is None and not frame.needs and args.particle in _TURNING:
        return None
    used: set[int] = set()
    for need in frame.needs:
        met = _met(parse, args, need)
        if met is None:
            return None
        used |= met
    if any(_met(parse, args, block, "nsubj" not in block.slot, True) is not None for block in frame.blocks):
        return None
    return frozenset(used)


_TURNING = frozenset(("off", "out", "up", "down", "over", "on", "through", "apart", "aside"))
"""Particles that turn a verb into another one: "take off" is no "take"."""


def _has_particle(parse: Parse, args: Arguments, particle: str) -> bool:
    if args.particle == particle:
        return True
    if any(k.lower == particle for k in parse.kids(args.at, "advmod", "compound:prt")):
        return True
    return any(case.split(" ")[0] == particle for case, _ in args.obliques)


def _met(parse: Parse, args: Arguments, need: Condition, wide: bool = True, block: bool = False) -> set[int] | None:
    """The tokens that meet a condition, or None; alternatives stand in one slot, parted by `|`. Not `wide`: by their heads alone."""
    for slot in need.slot.split("|"):
        for i in _at(parse, args, slot):
            if "*" in need.words:
                return {i}
            if (_words(parse, i, block) if wide else set(lemmas(parse.tokens[i]))) & need.words or _marked(
                parse, i, need.words
            ):
                return {i, *_counted(parse, i)}
    return None


def _marked(parse: Parse, i: int, words: frozenset[str]) -> bool:
    """Whether a complement meets a marker: `%who` people, bodies and names, `%not` a negated clause."""
    return (WHO in words and is_who(parse, i)) or (NOT in words and negated(parse, i))


def is_who(parse: Parse, i: int) -> bool:
    """Whether the phrase headed by token `i` names people or a body."""
    token = parse.tokens[i]
    if token.upos == "PRON":
        return token.lower in _PERSONAL
    if token.upos == "NUM":
        return True
    lemma = token.lemma.lower()
    if lemma in WHOLE:
        return any(is_who(parse, k) for k in _counted(parse, i)) or lemma in ("dozen", "hundred", "thousand")
    return token.upos == "PROPN" or (token.upos == "NOUN" and actor_nouns().may_act(lemma, token.lower))


def negated(parse: Parse, i: int) -> bool:
    """Whether a clause says that something is not so: by an adverb, or by a subject or object of `no`."""
    for kid in parse.kids(i, "advmod", "nsubj", "obj", "det", "csubj", "aux", "cc:preconj"):
        if kid.lower in _NEGATIONS:
            return True
        if kid.rel in ("nsubj", "obj") and any(
            k.lower in ("no", "not", "neither") for k in parse.kids(kid.i, "det", "advmod", "cc:preconj")
        ):
            return True
    return False


WHO, NOT = "%who", "%not"
_PERSONAL = frozenset(
    "he she they him her them who whom we us i me you himself herself themselves one another everyone anyone somebody someone".split()
)
_NEGATIONS = frozenset("not n't n’t never no nobody none nothing neither nor".split())


def _counted(parse: Parse, i: int) -> list[int]:
    """What a partitive head stands for: "much of its funding"."""
    return [k.i for k in parse.kids(i, "nmod")] if parse.tokens[i].lemma.lower() in WHOLE else []


def _at(parse: Parse, args: Arguments, slot: str) -> list[int]:
    if slot == "obj":
        found = args.object
    elif slot == "nsubj":
        found = args.subject
    elif slot == "iobj":
        found = args.indirect
    elif slot == "xcomp":
        found = args.xcomp
    elif slot == "ccomp":
        found = args.ccomp if args.ccomp is not None else args.quoted
    elif slot == "predicate":
        found = args.xcomp if args.xcomp is not None and parse.tokens[args.xcomp].upos in ("NOUN", "ADJ") else None
    elif slot == "poss":
        found = args.owner
    elif slot == "mod":
        return args.modifiers
    elif slot == "advcl":
        return [k.i for k in parse.kids(args.host, "advcl")]
    elif slot in ("advmod", "aux"):
        return [k.i for k in parse.kids(args.at, slot)]
    elif slot.startswith("nmod:"):
        return args.nested(parse, slot.partition(":")[2])
    else:
        return args.phrases(parse, slot.partition(":")[2])
    return [] if found is None else [antecedent_of(parse, found)]


def _words(parse: Parse, i: int, block: bool = False) -> set[str]:
    """Lemmas and forms of a complement's head, its conjuncts and compounds (for blocks adjectives too), and of what a partitive stands for."""
    found: set[str] = set()
    for k in (i, *(c.i for c in parse.kids(i, "conj"))):
        found.update(lemmas(parse.tokens[k]))
        if parse.tokens[k].upos == "PROPN":
            found.add(NAME)
        for kid in parse.kids(k, "compound", "nmod", "aux", "amod"):
            if (
                kid.rel in ("compound", "aux")
                or (block and kid.rel == "amod")
                or parse.tokens[k].lemma.lower() in WHOLE
            ):
                found.update(lemmas(kid))
    return found
