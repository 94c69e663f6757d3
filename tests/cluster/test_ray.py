"""Coding on a real Ray cluster of two nodes, one of which is killed; the parts make the ledger that one machine makes."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.cluster import PartsError, read_manifest, read_parts
from dragoman.errors import UsageError
from dragoman.ledger import Inputs, Ledger
from dragoman.model import Coded
from dragoman.read import Options, pieces
from dragoman.run import Job, take_in
from run.pile import write_pile

ray = pytest.importorskip("ray", reason="Ray is not installed (pip install 'dragoman[ray]')")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (pip install 'dragoman[ray]')")

pytestmark = [pytest.mark.model, pytest.mark.slow]
REPORTS = 150


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return [str(path) for path in write_pile(tmp_path_factory.mktemp("pile"), REPORTS)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one core each on this machine, which tell nobody of their use."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 200_000_000})
    made.add_node(num_cpus=1, object_store_memory=200_000_000)
    made.wait_for_nodes()
    yield made
    ray.shutdown()
    made.shutdown()


def kill_a_node_after_the_first_part(cluster: Any, folder: Path, killed: list[int]) -> None:
    deadline = time.monotonic() + 240
    while not list(folder.glob("part-*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    victim = next(iter(cluster.worker_nodes))
    killed.append(len(list(folder.glob("part-*.parquet"))))
    cluster.remove_node(victim, allow_graceful=False)


def ledger_of(path: Path, intakes: Any) -> dict[str, Any]:
    """What a ledger says after these inputs."""
    with Ledger.open(path) as ledger:
        Inputs(ledger).take(list(intakes))
        assert ledger.verify() == []
        claims = sorted(json.dumps(record, sort_keys=True) for record in ledger.records(struck=True))
        happenings = sorted(repr(h) for h in ledger.happenings(main=False))
    with sqlite3.connect(path) as db:
        codings = sorted(
            map(
                repr, db.execute("SELECT p.id, k.sha256, k.ended IS NULL FROM coding k JOIN report p ON p.n = k.report")
            )
        )
        keys = sorted(map(repr, db.execute("SELECT hex(key), reports FROM input")))
    db.close()
    return {"claims": claims, "happenings": happenings, "codings": codings, "keys": keys}


def test_a_cluster_that_loses_a_node_codes_all_and_the_parts_make_the_same_ledger(
    cluster: Any, archives: list[str], tmp_path: Path
) -> None:
    from dragoman.cluster.coding import code_on_cluster, finish

    folder, killed = tmp_path / "parts", []
    job = Job(Options())
    folder.mkdir()
    threading.Thread(target=kill_a_node_after_the_first_part, args=(cluster, folder, killed), daemon=True).start()
    parts = list(code_on_cluster(archives, cluster.address, str(folder), job))
    assert killed, "the node was never killed: the run ended before"
    assert killed[0] < len(parts)
    manifest = finish(str(folder))
    assert manifest.failures == {"FormatError": 2, "EmptyError": 1, "UnsupportedLanguage": 1}
    assert manifest.reports == REPORTS + 4
    assert not list(folder.glob("*.new"))
    here = ledger_of(tmp_path / "here.db", take_in(pieces(archives, job.options), job))
    there = ledger_of(tmp_path / "there.db", read_parts(str(folder)))
    assert there == here
    rows = pq.read_table(
        sorted(map(str, folder.glob("part-*.parquet"))), columns=["outlet", "published", "claims"]
    ).to_pylist()
    assert sum(row["claims"] for row in rows) == manifest.claims
    again = list(code_on_cluster(archives, cluster.address, str(folder), job))
    assert sum(int(part["reports"]) for part in again) == 3  # what failed is tried again, what is done is not
    assert finish(str(folder)).failures == manifest.failures


def test_parts_that_are_damaged_missing_or_unfinished_are_told(tmp_path: Path, archives: list[str]) -> None:
    from dragoman.cluster.coding import finish
    from dragoman.cluster.parts import write_part

    folder = tmp_path / "parts"
    folder.mkdir()
    with pytest.raises(PartsError, match="no manifest"):
        read_manifest(str(folder))
    job = Job()
    stream = take_in(pieces(archives[:1], job.options), job)
    few = [next(stream) for _ in range(4)]
    name = write_part(str(folder), [f"0:{n}" for n in range(4)], few)
    assert name == write_part(str(folder), [f"0:{n}" for n in range(4)], few)
    assert finish(str(folder)).inputs == 4
    back = list(read_parts(str(folder)))
    assert [i.key for i in back] == [i.key for i in few]
    told, meant = ([list(d.claims) for i in one for d in i.done if isinstance(d, Coded)] for one in (back, few))
    assert told == meant
    part = folder / name
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    with pytest.raises(PartsError, match="damaged"):
        list(read_parts(str(folder)))
    part.unlink()
    with pytest.raises(PartsError, match="is not in"):
        list(read_parts(str(folder)))


def test_a_folder_is_walked_as_without_a_cluster(tmp_path: Path) -> None:
    from dragoman.cluster.coding import addresses

    for name in ("b/two.html", "a.txt", "a.facts.toml", ".hidden/x.txt", "b/style.css"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text("x")
    assert [one.rpartition(tmp_path.name + "/")[2] for one in addresses([str(tmp_path)])] == ["a.txt", "b/two.html"]
    assert [one.rpartition("/")[2] for one in addresses([f"{tmp_path}/*.t*"])] == ["a.facts.toml", "a.txt"]


def test_web_addresses_are_not_read_by_a_cluster() -> None:
    from dragoman.cluster.coding import addresses

    with pytest.raises(UsageError, match="without --ray"):
        addresses(["http://localhost/x"])
    with pytest.raises(UsageError, match="no file"):
        addresses(["/nowhere/at/all"])
