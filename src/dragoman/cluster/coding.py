"""Files and archives over the machines of a Ray cluster: each address is cut into inputs by one task, inputs are coded by many actors.

Ray Data streams blocks of inputs from the one to the other. An actor writes what it coded as a part of its own; where a machine is lost, Ray does
its blocks again elsewhere, and a part done again is the same file under the same name.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from ..errors import UsageError
from ..model import Failure
from ..read import Piece
from ..read.archives import opened
from ..read.pieces import caught
from ..read.sources import SKIPPED_SUFFIXES
from ..run import Job, Pipeline, intakes, key
from .parts import Manifest as Manifest
from .parts import PartsError, keys_in, kinds_of, storage, summed, write_manifest, write_part

BATCH = 32
"""Inputs coded together and written as one part."""

Rows = dict[str, list[Any]]


def addresses(arguments: Sequence[str]) -> list[str]:
    """The files that paths, patterns and fsspec addresses (`s3://bucket/crawl/*.warc.gz`) name; folders are walked.

    Raises:
        UsageError: web addresses (pages are fetched without a cluster, under guard), or what names nothing.
    """
    found: list[str] = []
    for argument in arguments:
        if argument == "-" or argument.lower().startswith(("http://", "https://")):
            raise UsageError(
                f"--ray reads files and object storage (s3://…, gs://…), not {argument!r}; read that without --ray"
            )
        system, path = storage(argument)
        if system.isdir(path):
            places = [place for place in system.find(path) if _is_read(place[len(path) :])]
        else:
            places = system.glob(path) if any(c in path for c in "*?[") else [path]
        places = [place for place in sorted(places) if system.isfile(place)]
        if not places:
            raise UsageError(f"no file, folder or pattern {argument!r}")
        found += [str(system.unstrip_protocol(place)) for place in places]
    return found


def _is_read(below: str) -> bool:
    """Whether a file below a folder is read: as without a cluster, hidden ones and code beside reports are not."""
    path = PurePosixPath(below)
    return path.suffix.lower() not in SKIPPED_SUFFIXES and not any(part.startswith(".") for part in path.parts)


def code_on_cluster(arguments: Sequence[str], address: str, folder: str, job: Job) -> Iterator[Rows]:
    """Codes on the cluster at `address` (`auto`, `local`, `ray://host:port`); one row for each part as it is finished.

    What finished parts of an earlier run in the folder hold is passed over. At the end `finish` writes the manifest.

    Raises:
        UsageError: nothing to read.
        PartsError: Ray is not installed, or the cluster cannot be reached.
    """
    files = addresses(arguments)
    ray = _joined(address)
    storage(folder)[0].makedirs(storage(folder)[1], exist_ok=True)
    done = ray.put(keys_in(folder))
    data = ray.data.from_items(
        [{"address": one, "file": n} for n, one in enumerate(files)], override_num_blocks=len(files)
    )
    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    # Cutting asks for no core of its own: with one core left, an actor would hold it and wait for inputs for ever.
    data = data.map_batches(_Cut(job, done), batch_size=1, num_cpus=0, compute=ray.data.TaskPoolStrategy(size=cores))
    actors = ray.data.ActorPoolStrategy(min_size=1, max_size=cores)
    data = data.map_batches(_Coder, fn_constructor_args=(job, folder), batch_size=BATCH, compute=actors, num_cpus=1)
    yield from data.iter_rows()


def finish(folder: str) -> Manifest:
    """Writes the manifest over all parts in the folder."""
    manifest = summed(folder)
    write_manifest(folder, manifest)
    return manifest


def _joined(address: str) -> Any:
    """Ray, connected. A cluster started here reports its use to nobody."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise PartsError("Ray is not installed; pip install 'dragoman[ray]'") from error
    try:
        if not ray.is_initialized():
            ray.init(address=None if address == "local" else address, log_to_driver=False, logging_level="ERROR")
    except (ConnectionError, ValueError, RuntimeError, OSError) as error:
        raise PartsError(
            f"no Ray cluster answers at {address!r}: {error}; start one with `ray start --head`"
        ) from error
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray").setLevel(logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


class _Cut:
    """Cuts a file into its inputs; yields few at a time, so that an archive of any size flows through."""

    def __init__(self, job: Job, done: Any) -> None:
        self._job, self._done = job, done

    def __call__(self, batch: Rows) -> Iterator[Rows]:
        import ray

        known: set[bytes] = ray.get(self._done)
        held: list[dict[str, Any]] = []
        for address, file in zip(batch["address"], batch["file"], strict=True):
            for number, one in enumerate(_inputs(str(address), self._job)):
                if isinstance(one, Piece) and key(one, self._job) in known:
                    continue
                held.append({**_row(one), "place": f"{int(file):07}:{number:010}"})
                if len(held) >= BATCH:
                    yield _columns(held)
                    held = []
        if held:
            yield _columns(held)


def _inputs(address: str, job: Job) -> Iterator[Piece | Failure]:
    with caught(address) as broken:
        system, path = storage(address)
        name = path if address.startswith("file://") else address
        with system.open(path, "rb") as stream:
            yield from opened(stream, name, job.options)
    if broken.failure is not None:
        yield broken.failure


def _row(one: Piece | Failure) -> dict[str, Any]:
    """An input as a row; a failure has its error in place of a form."""
    if isinstance(one, Failure):
        return {
            "name": one.source or "",
            "data": one.message.encode("utf-8", "replace"),
            "url": "",
            "form": f"failed {one.error}",
        }
    return {
        "name": one.name.encode("utf-8", "replace").decode(),
        "data": one.data,
        "url": one.url or "",
        "form": one.form or "",
    }


def _columns(rows: list[dict[str, Any]]) -> Rows:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _input(name: str, data: bytes, url: str, form: str) -> Piece | Failure:
    if form.startswith("failed "):
        return Failure("read", form.removeprefix("failed "), data.decode("utf-8", "replace"), name)
    return Piece(name, bytes(data), url or None, form or None)


class _Coder:
    """An actor with the engine loaded: codes inputs and writes them as a part."""

    def __init__(self, job: Job, folder: str) -> None:
        self._job, self._folder, self._pipeline = job, folder, Pipeline()

    def __call__(self, batch: Rows) -> Rows:
        told = zip(batch["name"], batch["data"], batch["url"], batch["form"], strict=True)
        inputs = [_input(str(name), data, str(url), str(form)) for name, data, url, form in told]
        coded = intakes(inputs, self._pipeline, self._job)
        part = write_part(self._folder, [str(place) for place in batch["place"]], coded)
        failures = sorted(kind for intake in coded for kind in kinds_of(intake))
        return {
            "part": [part],
            "reports": [sum(len(intake.done) for intake in coded)],
            "failures": [" ".join(failures)],
        }
