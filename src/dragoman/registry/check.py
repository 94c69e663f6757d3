"""`python -m dragoman.registry.check`: read all files of the who's who and count what they hold; exit status 1 with the first error."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dragoman.registry.load import DATA, read_all
from dragoman.registry.schema import Actor, RegistryError
from dragoman.registry.vocabulary import vocabulary


def summary(actors: list[Actor]) -> str:
    """Counts of actors, names and kinds in words."""
    kinds = Counter(actor.kind for actor in actors)
    names = sum(len(actor.names) for actor in actors)
    doubts = sum(actor.doubt is not None for actor in actors)
    return f"{len(actors)} actors, {names} names, {doubts} with a doubt; " + ", ".join(
        f"{k} {n}" for k, n in kinds.most_common()
    )


def main(root: Path = DATA) -> int:
    """Check the files below `root`; the exit status."""
    try:
        vocabulary(root if (root / "vocabulary").exists() else DATA)
        sys.stdout.write(summary(read_all(root)) + "\n")
    except RegistryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
