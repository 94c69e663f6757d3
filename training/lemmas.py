"""Collect the lemmas of verbs and nouns attested in the training treebanks: `weights/lemmas.tsv`.

    python -m training.lemmas OUT.tsv TREEBANK.conllu.gz ...

Each line: V or N, the lower-cased form, its most frequent lemma. Forms equal to their lemma are kept, too: a known lemma
decides between candidates for forms never seen. The list is drawn from CC BY-SA treebanks and carries their licence.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path

LETTER = {"VERB": "V", "AUX": "V", "NOUN": "N"}


def collected(paths: list[Path]) -> dict[tuple[str, str], str]:
    """(letter, form) → most frequent lemma; words with other than letters and hyphens are left out."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                columns = line.rstrip("\n").split("\t")
                if len(columns) == 10 and columns[3] in LETTER:
                    form, lemma = columns[1].lower(), columns[2].lower()
                    if form.replace("-", "").isalpha() and lemma.replace("-", "").isalpha() and len(lemma) > 1:
                        counts[LETTER[columns[3]], form][lemma] += 1
    return {key: min(lemmas, key=lambda word: (-lemmas[word], word)) for key, lemmas in counts.items()}


def main() -> int:
    out, *treebanks = map(Path, sys.argv[1:])
    found = collected(treebanks)
    out.write_text(
        "".join(f"{letter}\t{form}\t{lemma}\n" for (letter, form), lemma in sorted(found.items())), encoding="utf-8"
    )
    sys.stderr.write(f"{len(found)} forms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
