"""Coded reports as Parquet: one row for each input, parts named by what is in them, a manifest that says which parts belong.

| column | |
| --- | --- |
| `key` | digest of the input's bytes, of how it was read and of the coder; null where it should be tried again |
| `place` | number of the file and of the input in it: the order in which reports are taken in |
| `reports` | list of reports in contract form (JSON), with their claims and failures |
| `failures` | list of what kept the input from being read (JSON) |
| `id`, `outlet`, `published`, `title`, `language` | of the first report, for looking in |
| `claims` | how many claims there are |
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ..errors import DragomanError
from ..model import Coded, Failure, Intake
from ..record import claim_of, coded_json, failure_json, report_of

FORMAT = 1
MANIFEST = "manifest.json"


class PartsError(DragomanError):
    """A folder of parts cannot be read or written."""


@dataclass(frozen=True)
class Manifest:
    """What a folder of parts holds: names of parts with their SHA-256, in the order of what was read, and counts over all."""

    parts: dict[str, str] = field(default_factory=dict)
    inputs: int = 0
    reports: int = 0
    claims: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT


def storage(folder: str) -> tuple[Any, str]:
    """The file system of an address and the path in it.

    Raises:
        PartsError: fsspec is not there, or does not know the kind of address.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise PartsError("fsspec is not installed; pip install 'dragoman[ray]'") from error
    try:
        system, path = url_to_fs(folder)
    except (ValueError, ImportError) as error:
        raise PartsError(f"{folder!r} cannot be used: {error}") from error
    return system, str(path).rstrip("/")


def write_part(folder: str, places: Sequence[str], intakes: Sequence[Intake]) -> str:
    """Writes a part; its name. Written again (a machine died, another took over), it is the same file."""
    data = _parquet(places, intakes)
    told = hashlib.sha256("\n".join(places).encode())
    for intake in intakes:
        told.update(intake.key or b"-")
    name = f"part-{told.hexdigest()[:24]}.parquet"
    system, path = storage(folder)
    system.makedirs(path, exist_ok=True)
    _put(system, f"{path}/{name}", data)
    return name


def write_manifest(folder: str, manifest: Manifest) -> None:
    """Writes the manifest, last of all: a folder without one was not finished."""
    system, path = storage(folder)
    _put(system, f"{path}/{MANIFEST}", json.dumps(asdict(manifest), indent=1).encode())


def _put(system: Any, path: str, data: bytes) -> None:
    """Writes a file whole or not at all: under another name first where the system can rename."""
    local = "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,))
    with system.open(f"{path}.new" if local else path, "wb") as file:
        file.write(data)
    if local:
        system.mv(f"{path}.new", path)


def _parquet(places: Sequence[str], intakes: Sequence[Intake]) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [_row(place, intake) for place, intake in zip(places, intakes, strict=True)]
    text, texts = pa.string(), pa.list_(pa.string())
    kinds = {"key": pa.binary(), "reports": texts, "failures": texts, "claims": pa.int32(), "published": pa.date32()}
    schema = pa.schema([(column, kinds.get(column, text)) for column in rows[0]])
    held = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), held, compression="zstd")
    return held.getvalue()


def _row(place: str, intake: Intake) -> dict[str, Any]:
    coded = [done for done in intake.done if isinstance(done, Coded)]
    failures = [done for done in intake.done if isinstance(done, Failure)]
    first = coded[0].report if coded else None
    return {
        "key": intake.key,
        "place": place,
        "id": first.id if first else None,
        "outlet": first.outlet if first else None,
        "published": first.published if first else None,
        "title": first.title if first else None,
        "language": first.language if first else None,
        "claims": sum(len(done.claims) for done in coded),
        "reports": [json.dumps(_record(done), ensure_ascii=False) for done in coded],
        "failures": [json.dumps(failure_json(failure)) for failure in failures],
    }


def read_manifest(folder: str) -> Manifest:
    """The manifest of a folder.

    Raises:
        PartsError: there is none (the run did not end), or it is of another format.
    """
    system, path = storage(folder)
    try:
        with system.open(f"{path}/{MANIFEST}", "rb") as file:
            told = json.load(file)
    except FileNotFoundError as error:
        raise PartsError(
            f"no manifest in {folder!r}: expected a folder that `dragoman read --ray` has finished; run the same command again, it goes on"
        ) from error
    except ValueError as error:
        raise PartsError(f"the manifest of {folder!r} is damaged: {error}") from error
    if told.get("format") != FORMAT:
        raise PartsError(
            f"the parts in {folder!r} are of format {told.get('format')!r}; this program reads format {FORMAT}"
        )
    return Manifest(**told)


def read_parts(folder: str) -> Iterator[Intake]:
    """What came of each input, part by part; one part is held at a time.

    Raises:
        PartsError: no manifest, or a part is missing or not the one that was written.
    """
    system, path = storage(folder)
    for name, sha in read_manifest(folder).parts.items():
        try:
            with system.open(f"{path}/{name}", "rb") as file:
                data = file.read()
        except FileNotFoundError as error:
            raise PartsError(
                f"the part {name} that the manifest names is not in {folder!r}; read the reports again"
            ) from error
        if hashlib.sha256(data).hexdigest() != sha:
            raise PartsError(f"the part {name} in {folder!r} is damaged: it has another hash than the manifest says")
        yield from _intakes(data)


def keys_in(folder: str) -> set[bytes]:
    """Keys of the inputs that finished parts hold, manifest or not: what a run that broke off need not do again."""
    import pyarrow.parquet as pq

    system, path = storage(folder)
    keys: set[bytes] = set()
    for part in system.glob(f"{path}/part-*.parquet"):
        with system.open(part, "rb") as file:
            column = pq.read_table(file, columns=["key"]).column("key").to_pylist()
        keys.update(key for key in column if key is not None)
    return keys


def summed(folder: str) -> Manifest:
    """The manifest of all parts that lie in a folder, made by reading them."""
    system, path = storage(folder)
    found: list[tuple[str, str, str]] = []
    failures: Counter[str] = Counter()
    tried: set[str] = set()
    inputs = reports = claims = 0
    for part in sorted(system.glob(f"{path}/part-*.parquet")):
        with system.open(part, "rb") as file:
            data = file.read()
        found.append((_first(data), str(part).rpartition("/")[2], hashlib.sha256(data).hexdigest()))
        for intake in _intakes(data):
            if intake.key is None and str(intake.done) in tried:
                continue  # what failed is tried again by each run
            tried.add(str(intake.done) if intake.key is None else "")
            coded = [done for done in intake.done if isinstance(done, Coded)]
            inputs, reports, claims = inputs + 1, reports + len(coded), claims + sum(len(done.claims) for done in coded)
            failures.update(kinds_of(intake))
    parts = {name: sha for _, name, sha in sorted(found)}
    return Manifest(parts, inputs, reports, claims, dict(failures.most_common()))


def _first(data: bytes) -> str:
    import io

    import pyarrow.parquet as pq

    return str(min(pq.read_table(io.BytesIO(data), columns=["place"]).column("place").to_pylist(), default=""))


def kinds_of(intake: Intake) -> Iterator[str]:
    """The kind of each failure of an input."""
    for done in intake.done:
        yield from (done.error,) if isinstance(done, Failure) else (failure.error for failure in done.failures)


def _intakes(data: bytes) -> Iterator[Intake]:
    import io

    import pyarrow.parquet as pq

    for row in pq.read_table(io.BytesIO(data), columns=["key", "reports", "failures"]).to_pylist():
        done: list[Coded | Failure] = [_coded(json.loads(told)) for told in row["reports"]]
        done += [Failure(**json.loads(told)) for told in row["failures"]]
        yield Intake(done, row["key"])


def _record(coded: Coded) -> dict[str, Any]:
    """The contract line, with what it leaves out or rounds: where the body begins, confidence to the last digit."""
    return {**coded_json(coded), "body": coded.report.body, "confidence": [claim.confidence for claim in coded.claims]}


def _coded(told: dict[str, Any]) -> Coded:
    claims = zip(told["claims"], told["confidence"], strict=True)
    return Coded(
        replace(report_of(told["report"]), body=told["body"]),
        [replace(claim_of(claim), confidence=exact) for claim, exact in claims],
        failures=tuple(Failure(**failure) for failure in told["failures"]),
    )
