"""Attributions by syntax: a cue verb, noun, adjective or preposition with its source and its content."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Parse, Token
from .quotations_lexicon import Cues
from .quotations_lexicon import load as _lexicon
from .quotations_spans import (
    OPENERS,
    Draft,
    Range,
    block,
    is_passive,
    phrase,
    subject_of,
    verb_group,
)

COMPLEMENT_CASES = frozenset(("for", "of", "as", "over", "about", "with", "against", "to", "from"))
TIME_LIKE = frozenset(("tmod", "unmarked", "npmod"))


def drafts(parse: Parse, cues: Cues) -> Iterator[Draft]:
    """Every attribution that syntax shows, in text order of its cue."""
    for token in parse.tokens:
        if token.upos == "VERB" or (token.upos == "NOUN" and token.lemma in cues.nouns | cues.copular) or token.upos in ("ADJ", "ADP", "AUX"):
            yield from _of(parse, token, cues)


def _of(parse: Parse, token: Token, cues: Cues) -> Iterator[Draft]:
    if token.lower == "according":
        yield from _according(parse, token)
    elif token.upos == "VERB" and token.rel not in ("amod", "case", "compound", "aux"):
        draft = _of_verb(parse, token, cues)
        if draft is not None:
            yield draft
    elif token.upos == "NOUN":
        draft = _of_noun(parse, token, cues) or _about(parse, token, cues)
        if draft is not None:
            yield draft
    elif token.upos == "ADJ" and token.lemma in cues.adjectives:
        draft = _of_adjective(parse, token) or _about(parse, token, cues)
        if draft is not None:
            yield draft


# --- verbs ------------------------------------------------------------------------------------------------------------


def _of_verb(parse: Parse, verb: Token, cues: Cues) -> Draft | None:
    frames = cues.verbs.get(verb.lemma, frozenset())
    pairs = cues.pairs.get(verb.lemma, frozenset())
    if not frames and not pairs:
        return None
    source = subject_of(parse, verb)
    cue: set[int] = {verb.i}
    content = _clause_content(parse, verb, cues, source) if "clause" in frames else None
    if content is None and verb.lemma in cues.speech:
        content = _by_commas(parse, verb, source)
    clausal = content is not None
    if content is None and "infinitive" in frames:
        content = _infinitive_content(parse, verb)
        clausal = content is not None
    if content is None and "object" in frames:
        content = _gerund_content(parse, verb)
    if content is None and pairs:
        content = _after_preposition(parse, verb, pairs, cue)
    if content is None and "object" in frames:
        content = _object_content(parse, verb)
    if content is None and verb.lemma in cues.speech:
        content = _after_preposition(parse, verb, cues.verb_topics, cue)
    if content is None and verb.lemma in cues.speech and source is not None:
        content = _rest_of_sentence(parse, verb, source)
        clausal = content is not None
    if not content or (not clausal and _unrealised(parse, verb)):
        return None
    content = _from_complementizer(parse, verb, content - _source_tokens(parse, source, content, verb))
    group = verb_group(parse, verb, cue)
    span = _source_range(parse, source, verb)
    if span is not None and source is not None:
        span = _with_apposition(parse, span, group)
        content = content - _inside(span) if source.i not in content else content
    return Draft(span, source.i if source is not None and span else None, group, verb.i, frozenset(content - _inside(group)), clausal)


ASPECT = frozenset(("continue", "begin", "start", "go", "come", "keep", "tend", "seem", "appear", "refuse", "decline", "fail", "proceed"))


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


def _from_complementizer(parse: Parse, verb: Token, content: set[int]) -> set[int]:
    """Without what stands between the cue and the "that" of its content ("said by phone that")."""
    for kid in parse.kids(verb.i, "ccomp"):
        that = next((k.i for k in parse.kids(kid.i, "mark") if k.lower == "that" and k.i > verb.i), None)
        if that is not None:
            return {i for i in content if i >= that or i < verb.i}
    return content


def _source_tokens(parse: Parse, source: Token | None, content: set[int], verb: Token) -> set[int]:
    if source is None or source.i not in content or source.head != verb.i:
        return set()
    return set(parse.subtree(source.i))


def _source_range(parse: Parse, source: Token | None, verb: Token) -> Range | None:
    if source is None or source.lower in ("it", "there") and any(k.rel == "expl" for k in parse.kids(verb.i)):
        return None
    return phrase(parse, source.i, without=set(parse.subtree(verb.i)) if source.head != verb.i else ())


def _clause_content(parse: Parse, verb: Token, cues: Cues, source: Token | None) -> set[int] | None:
    """The clause that is said: a complement, a clause set beside the verb, or the clause that the cue interrupts."""
    for kid in parse.kids(verb.i, "ccomp", "csubj", "csubj:pass"):
        if kid.rel == "ccomp" or is_passive(parse, verb):
            return _without_cues(parse, verb, kid, cues) | _misplaced_object(parse, verb, kid, cues)
    that = verb.i + 1
    if that < len(parse.tokens) and parse.tokens[that].lower == "that" and parse.tokens[that].rel == "mark":
        head = parse.tokens[that].head
        if head > that and verb.i not in parse.subtree(head):
            return set(parse.subtree(head))
    around = _interrupted(parse, verb, source)
    if around is not None:
        return around
    for kid in parse.kids(verb.i, "parataxis"):
        if _beside(parse, verb, kid, cues):
            return set(parse.subtree(kid.i))
    for kid in parse.kids(verb.i, "acl", "advcl"):
        if any(k.lower == "that" for k in parse.kids(kid.i, "mark")):
            return set(parse.subtree(kid.i))
    return None


def _gerund_content(parse: Parse, verb: Token) -> set[int] | None:
    gerund = next((k for k in parse.kids(verb.i, "xcomp") if k.xpos == "VBG"), None)
    return set(parse.subtree(gerund.i)) if gerund is not None else None


def _rest_of_sentence(parse: Parse, verb: Token, source: Token) -> set[int] | None:
    """Where the parser found no clause behind a cue of speech, though the rest of the sentence holds one."""
    last = verb_group(parse, verb)[1]
    end = parse.sentence(verb.i).last
    if source.i > verb.i or last >= end or parse.tokens[last].upos in ("ADP", "CCONJ", "SCONJ"):
        return None
    comma = parse.tokens[last].text == ","
    if comma and (last + 1 >= end or parse.tokens[last + 1].text not in OPENERS):
        return None
    rest = parse.tokens[last + comma : end]
    heads = {t.head for t in rest if t.rel == "nsubj"}
    return {t.i for t in rest} if any(t.i in heads and t.upos in ("VERB", "ADJ", "NOUN", "AUX") for t in rest) else None


def _without_fellows(parse: Parse, found: set[int], head: int) -> set[int]:
    """A phrase without finite clauses that the parser joined to it ("want less, and others want more")."""
    for i in sorted(found):
        token = parse.tokens[i]
        if i != head and token.rel in ("conj", "parataxis") and any(k.rel == "nsubj" for k in parse.kids(i)):
            found = found - set(parse.subtree(i))
    return found


def _without_cues(parse: Parse, verb: Token, clause: Token, cues: Cues) -> set[int]:
    """A content clause without the speaker's next act of speech: "said he was ill, adding that …"."""
    found = set(parse.subtree(clause.i))
    for i in sorted(found):
        token = parse.tokens[i]
        owned = any(k.rel == "nsubj" for k in parse.kids(i)) and any(k.rel == "mark" for k in parse.kids(i))
        if token.rel == "advcl" and token.lemma in cues.speech and i > verb.i and (token.xpos == "VBG" or owned):
            opened = min(parse.subtree(i))
            if parse.tokens[opened].text == "," or parse.tokens[max(0, opened - 1)].text == ",":
                found -= {k for k in parse.subtree(i) if k > verb.i}
        elif token.rel == "conj" and token.lemma in cues.speech and _but(parse, token):
            found -= {k for k in parse.subtree(i) if k > verb.i}
    return found


def _but(parse: Parse, token: Token) -> bool:
    kids = parse.kids(token.i)
    return any(k.lower == "but" for k in kids) and not any(k.rel == "nsubj" for k in kids)


def _misplaced_object(parse: Parse, verb: Token, clause: Token, cues: Cues) -> set[int]:
    """"Said the talks had failed": no object of "say" can stand beside a clause, so it is the clause's subject."""
    if verb.lemma in cues.addressed or any(k.lower in ("that", "whether", "how", "why") for k in parse.kids(clause.i, "mark", "advmod")):
        return set()
    return {i for k in parse.kids(verb.i, "obj") if verb.i < k.i < clause.i for i in parse.subtree(k.i)}


def _by_commas(parse: Parse, verb: Token, source: Token | None) -> set[int] | None:
    """Speaker and cue set off by commas inside or behind a sentence, however the syntax was read: "…, an aide announced"."""
    sentence, tokens = parse.sentence(verb.i), parse.tokens
    group = verb_group(parse, verb)
    first, last = group
    if source is not None and source.i < verb.i:
        span = phrase(parse, source.i, without=set(parse.subtree(verb.i)) if source.head != verb.i else ())
        if not 0 <= first - span[1] <= 1:
            return None
        first = span[0]
    elif verb.xpos not in ("VBD", "VBZ", "VBP") or last >= sentence.last or tokens[last].upos not in ("PROPN", "DET", "NOUN", "PRON"):
        return None
    before = first - 1
    while before > sentence.first and tokens[before].text in CLOSERS:
        before -= 1
    if before <= sentence.first or tokens[before].text != ",":
        return None
    split = last < sentence.last and tokens[last].text == "," and source is not None and source.i < verb.i
    if not _clause_in(parse, sentence.first, before) and not (split and any(t.upos in ("VERB", "AUX") for t in tokens[last : sentence.last])):
        return None
    if any(k.rel in ("mark", "advmod") and k.lower in ("as", "when", "while", "if", "because", "after", "how", "what") for k in parse.kids(verb.i)):
        return None
    rest = next((i for i in range(last, sentence.last) if tokens[i].text == ","), sentence.last)
    tail = set(range(rest + 1, sentence.last)) if rest < sentence.last and source is not None and source.i < verb.i and rest == last else set()
    return set(range(sentence.first, first)) | tail


def _clause_in(parse: Parse, first: int, last: int) -> bool:
    words = parse.tokens[first:last]
    return any(t.upos in ("VERB", "AUX") for t in words) and words[0].upos != "SCONJ" and any(t.rel == "nsubj" or t.dep == "nsubj:pass" for t in words)


CLOSERS = frozenset(("”", '"', "''", "’", "'"))


def _interrupted(parse: Parse, verb: Token, source: Token | None) -> set[int] | None:
    """The host clause of a cue that stands inside or behind it: "The army, she said, had left"."""
    head = parse.tokens[verb.head]
    if source is None or source.head != verb.i or verb.head == verb.i:
        return None
    relative = any(k.lower in ("which", "who", "that", "as") for k in (source, *parse.kids(verb.i, "mark")))
    if verb.rel == "parataxis" and verb.i > head.i and source.lower not in ("which", "who"):
        return _without_cues(parse, verb, head, _lexicon()) - set(parse.subtree(verb.i))
    if verb.rel == "advcl" and relative and any(k.lower == "as" for k in parse.kids(verb.i, "mark")):
        return set(parse.subtree(head.i)) - set(parse.subtree(verb.i))
    return None


def _beside(parse: Parse, verb: Token, kid: Token, cues: Cues) -> bool:
    """Whether a clause set beside a cue is its content rather than another remark."""
    if verb.lemma not in cues.speech:
        return False
    between = parse.tokens[min(verb.i, kid.i) : max(verb.i, kid.i)]
    return kid.i < verb.i or any(t.text in (":", ",", "“", '"') for t in between)


def _infinitive_content(parse: Parse, verb: Token) -> set[int] | None:
    for kid in parse.kids(verb.i, "xcomp"):
        found = set(parse.subtree(kid.i))
        if is_passive(parse, verb):
            for subject in parse.kids(verb.i, "nsubj"):
                found |= set(parse.subtree(subject.i))
            return found
        for thing in parse.kids(verb.i, "obj", "iobj"):
            found |= set(parse.subtree(thing.i))
        return _without_fellows(parse, found, kid.i)
    return None


def _after_preposition(parse: Parse, verb: Token, pairs: frozenset[str], cue: set[int]) -> set[int] | None:
    for kid in parse.kids(verb.i, "obl", "advcl", "xcomp", "ccomp"):
        words = [k for k in parse.kids(kid.i, "case", "mark") if k.lower in pairs and k.i > verb.i]
        if words:
            cue.update(w.i for w in words)
            return set(parse.subtree(kid.i)) - {w.i for w in words}
    return None


def _object_content(parse: Parse, verb: Token) -> set[int] | None:
    """An object with the complements behind it: "blamed the army for the deaths", "called it a farce"."""
    passive = is_passive(parse, verb)
    main = parse.kids(verb.i, "nsubj:pass") if passive else parse.kids(verb.i, "obj")
    if not main or main[0].lower in ("himself", "herself", "themselves", "itself"):
        return None
    found = set(parse.subtree(main[0].i))
    for kid in parse.kids(verb.i, "obl", "xcomp", "advcl"):
        cases = {k.lower for k in parse.kids(kid.i, "case", "mark")}
        if kid.i > verb.i and (kid.rel == "xcomp" or cases & COMPLEMENT_CASES) and kid.dep.partition(":")[2] not in TIME_LIKE:
            found |= set(parse.subtree(kid.i))
    return _without_fellows(parse, found, main[0].i)


# --- according to, nouns, adjectives ----------------------------------------------------------------------------------


def _according(parse: Parse, word: Token) -> Iterator[Draft]:
    """"According to X": the rest of the clause is X's."""
    source = parse.tokens[word.head]
    to = [k.i for k in parse.kids(word.i, "fixed")] or [k.i for k in parse.kids(source.i, "case", "fixed") if k.lower == "to"]
    if word.rel not in ("case", "fixed", "mark"):
        inner = parse.kids(word.i, "obl")
        if not inner:
            return
        source = inner[0]
        to = [k.i for k in parse.kids(source.i, "case")]
        phrase_tokens, host = set(parse.subtree(word.i)), word.head
    else:
        phrase_tokens, host = set(parse.subtree(source.i)), source.head
    if host == source.i:
        return
    host = _clause_head(parse, host)
    cue = (word.i, max([word.i, *to]) + 1)
    span = phrase(parse, source.i, without=set(range(*cue)))
    content = set(parse.subtree(host)) - phrase_tokens
    yield Draft(span, source.i, cue, word.i, frozenset(content), True)


def _clause_head(parse: Parse, i: int) -> int:
    """The head of the clause that holds token `i`."""
    token = parse.tokens[i]
    while token.head != token.i and token.rel not in ("ccomp", "advcl", "parataxis", "conj", "acl", "xcomp", "csubj"):
        token = parse.tokens[token.head]
    while token.rel in ("conj", "xcomp") and not parse.kids(token.i, "nsubj"):
        token = parse.tokens[token.head]
    return token.i


def _of_noun(parse: Parse, noun: Token, cues: Cues) -> Draft | None:
    """"The claim that …", "their refusal to …"; the source is the possessor, the author, or the subject of a light verb."""
    clause = next((k for k in parse.kids(noun.i, "acl", "ccomp", "advcl") if k.dep != "acl:relcl" and _complement(parse, k)), None)
    if clause is None and noun.rel in ("nsubj", "nsubj:outer"):
        clause = _identified(parse, noun)
    if clause is None:
        return None
    content = frozenset(parse.subtree(clause.i))
    source = _source_of_noun(parse, noun, cues)
    if noun.head == clause.i:
        content = content - set(parse.subtree(noun.i)) - {k.i for k in parse.kids(clause.i, "cop", "aux") if k.i < clause.i}
    cue = block(parse, noun.i, {noun.i, *(k.i for k in parse.kids(noun.i, "amod"))})
    if source is None:
        return Draft(None, None, cue, noun.i, content, True)
    verb = parse.tokens[noun.head]
    if source.head == noun.head and verb.upos == "VERB" and verb.i < noun.i:
        first = verb_group(parse, verb)[0]
        cue = (first, noun.i + 1) if noun.i - verb.i <= 5 else cue
    return Draft(phrase(parse, source.i, without=set(parse.subtree(noun.i)) if source.i != noun.head and source.head != noun.i else ()), source.i, cue, noun.i, content, True)


def _complement(parse: Parse, clause: Token) -> bool:
    return any(k.lower in ("that", "to") for k in parse.kids(clause.i, "mark")) and clause.upos != "NUM"


def _identified(parse: Parse, noun: Token) -> Token | None:
    """"The claim is that …": the clause that the copula sets equal to the noun."""
    head = parse.tokens[noun.head]
    return head if any(k.lower == "that" for k in parse.kids(head.i, "mark")) and parse.kids(head.i, "cop") else None


def _source_of_noun(parse: Parse, noun: Token, cues: Cues) -> Token | None:
    for kid in parse.kids(noun.i):
        if kid.dep == "nmod:poss":
            return kid
        if kid.rel == "nmod" and any(k.lower in ("by", "from", "of") for k in parse.kids(kid.i, "case")):
            return kid
    verb = parse.tokens[noun.head]
    if noun.rel in ("obj", "obl") and verb.upos == "VERB" and verb.lemma in cues.light:
        return subject_of(parse, verb)
    return None


def _of_adjective(parse: Parse, adjective: Token) -> Draft | None:
    """"Is confident that …", "unwilling to …"."""
    clause = next(iter(parse.kids(adjective.i, "ccomp", "xcomp", "advcl")), None)
    source = next((k for k in parse.kids(adjective.i) if k.dep == "nsubj"), None)
    if clause is None or clause.i < adjective.i or source is None or source.lower == "it":
        return None
    if clause.rel == "advcl" and not any(k.lower in ("that", "to") for k in parse.kids(clause.i, "mark")):
        return None
    cue = verb_group(parse, adjective)
    return Draft(phrase(parse, source.i), source.i, cue, adjective.i, frozenset(parse.subtree(clause.i)), True)


def _about(parse: Parse, word: Token, cues: Cues) -> Draft | None:
    """A cue noun or adjective with what it is about: "her criticism of the plan", "was wary of them", "is an opponent of"."""
    subject = next((k for k in parse.kids(word.i) if k.dep == "nsubj"), None) if parse.kids(word.i, "cop") else None
    source = subject
    if word.upos == "NOUN" and word.lemma not in cues.copular:
        source = _source_of_noun(parse, word, cues)
    if source is None or (word.upos == "NOUN" and source.head not in (word.i, word.head)):
        return None
    for kid in parse.kids(word.i, "nmod", "obl", "advcl", "acl"):
        cases = [k for k in parse.kids(kid.i, "case", "mark") if k.lower in cues.noun_topics and k.i > word.i]
        if cases and kid.i != source.i:
            cue = (word.i, cases[-1].i + 1) if subject is None else (verb_group(parse, word)[0], cases[-1].i + 1)
            content = frozenset(i for i in parse.subtree(kid.i) if i > cases[-1].i)
            return Draft(phrase(parse, source.i, without=set(range(*cue))), source.i, cue, word.i, content, False)
    return None
