"""The user's folder of actors: every change is checked as a whole before it is written, and can be taken back.

    registry/judgements.jsonl      the log (`judgements`)
    registry/imported/….jsonl      what imports have kept, one actor a line, named by its digest
    registry/….toml                files written by hand, as `data/README.md` tells

A change that cannot be is refused with the reason, and nothing on disk has changed.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.registry.index import Registry
from dragoman.registry.judgements import LOG, Judgement, in_force, read_log, taken_back
from dragoman.registry.load import DATA
from dragoman.registry.normal import key, slug
from dragoman.registry.own import IMPORTED, own_folder, put_together
from dragoman.registry.schema import RegistryError
from dragoman.settings import settings

Table = dict[str, Any]


class Store:
    """A user's folder; made with the first change."""

    def __init__(self, folder: Path | None = None, *, root: Path = DATA) -> None:
        self.folder = folder or own_folder()
        self.root = root

    def registry(self) -> Registry:
        """The registry with this folder's actors."""
        return Registry.load(self.folder if self.folder.is_dir() else None, root=self.root)

    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, in order."""
        return read_log(self.folder)

    def add(self, table: Table, why: str = "", by: str | None = None) -> Judgement:
        """A new actor, as a table of `data/README.md`; without `id` it gets its name's. Raises `RegistryError`."""
        whole = {**table, "id": table.get("id") or slug(str(table.get("name", "")))}
        if not whole["id"]:
            raise RegistryError(f"the name {whole.get('name')!r} has no letters to make an id of; give one with --id")
        return self._judge("add", {"actor": whole}, why, by)

    def merge(self, keep: str, join: str, why: str, by: str | None = None) -> Judgement:
        """Two actors are one: `join` becomes `keep`. Raises `RegistryError`, or `UsageError` for names that nobody bears."""
        return self._judge("merge", {"keep": self.id_of(keep), "join": self.id_of(join)}, why, by)

    def split(self, of: str, table: Table, why: str, by: str | None = None) -> Judgement:
        """The names of `table` are another's: kind, country and sector are those of `of` where `table` has none."""
        id_ = self.id_of(of)
        old = self.registry().get(id_)
        assert old is not None
        same = {"kind": old.kind, "country": old.country, "sector": old.sector}
        whole = {**{k: v for k, v in same.items() if v}, **table}
        whole["id"] = table.get("id") or slug(str(table["name"]))
        return self._judge("split", {"of": id_, "actor": whole}, why, by)

    def undo(self, number: int, why: str = "", by: str | None = None) -> Judgement:
        """Take a judgement back. Raises `RegistryError` where a later one rests on it."""
        log = self.judgements()
        if not 1 <= number <= len(log):
            raise UsageError(f"there is no judgement {number}; `dragoman actors judgements` lists {len(log)}")
        if number in taken_back(log):
            raise UsageError(f"judgement {number} has been taken back already")
        return self._judge("undo", {"of": number}, why, by)

    def id_of(self, name: str) -> str:
        """The id that is given as such or as an exact name that one actor alone bears. Raises `UsageError`."""
        registry = self.registry()
        actor = registry.get(name)
        if actor is not None:
            return actor.id
        bearers = {registry.actors[e.actor].id for e in registry.entries(key(name)) if e.use in ("name", "alias")}
        if len(bearers) != 1:
            told = (
                f"{', '.join(sorted(bearers))} bear that name; give an id"
                if bearers
                else "`dragoman actors find` searches"
            )
            raise UsageError(f"there is no actor with the id {name!r}: {told}")
        return bearers.pop()

    def bearers(self, table: Table) -> list[str]:
        """Ids of those who bear one of a new actor's names already: for a person to judge, nothing follows from it."""
        registry = self.registry()
        cells = [table["name"], *table.get("names", [])]
        texts = [c if isinstance(c, str) else c.get("text", "") for c in cells]
        found = {
            registry.actors[e.actor].id for t in texts for e in registry.entries(key(t)) if e.use in ("name", "alias")
        }
        return sorted(found)

    # --- writing

    def keep_import(self, lines: Iterator[str], given: Table, why: str = "", by: str | None = None) -> Judgement:
        """Keep what an import has read, as one judgement. `given` is filled while `lines` are drawn, and told after the last one."""
        made = not self.folder.exists()
        folder = self.folder / IMPORTED
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                total = hashlib.sha256()
                for line in lines:
                    file.write(line + "\n")
                    total.update(line.encode() + b"\n")
                file.close()
                target = folder / f"{total.hexdigest()[:16]}.jsonl"
                fresh = not target.exists()
                part.replace(target)
                try:
                    return self._judge("import", {"file": target.name, **given}, why, by)
                except BaseException:
                    if fresh:
                        target.unlink(missing_ok=True)
                    raise
            finally:
                part.unlink(missing_ok=True)
                if made:
                    self._leave_no_empty_folder(folder)

    def _leave_no_empty_folder(self, folder: Path) -> None:
        for left in (folder, self.folder):
            if left.exists() and not any(left.iterdir()):
                left.rmdir()

    def _judge(self, what: str, given: Table, why: str, by: str | None) -> Judgement:
        self.folder.mkdir(parents=True, exist_ok=True)
        with _locked(self.folder):
            log = self.judgements()
            at = settings().now.strftime("%Y-%m-%dT%H:%M:%SZ")
            judgement = Judgement(len(log) + 1, what, by or _user(), at, why, given)
            if what == "import" and any(j.given.get("file") == given["file"] for j in in_force(log)):
                raise UsageError(
                    f"{given['source']} has been imported already, with the same actors; nothing is changed"
                )
            self._check((*log, judgement))
            _replace(self.folder / LOG, (*log, judgement))
        Registry.forget()
        return judgement

    def _check(self, log: Sequence[Judgement]) -> None:
        try:
            put_together(self.root, self.folder, log)
        except RegistryError as error:
            raise RegistryError(f"{error}. Nothing is changed") from error


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _replace(path: Path, log: Sequence[Judgement]) -> None:
    """Write the whole log beside and move it into place."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        file.writelines(j.line() + "\n" for j in log)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time, where the system has locks on files."""
    with (folder / ".lock").open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:  # Windows: the log is still replaced as a whole
            pass
        yield
