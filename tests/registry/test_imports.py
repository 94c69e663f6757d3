"""Actors from other formats: what is read, what is refused with file and line, and that imports change nothing that is listed."""

from __future__ import annotations

import bz2
import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.registry import Registry, RegistryError, resolve
from dragoman.registry.exports import chosen, exported
from dragoman.registry.imports import Told, import_file
from dragoman.registry.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "mine")


def taken(store: Store, name: str, content: str | bytes, format_: str, **options: bool) -> Told:
    path = store.folder.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(store, path, format_, **options)


def named(store: Store, words: str, on: date | None = None) -> Any:
    return resolve(store.registry(), words, on)


CSV = "name,kind,country,sector,aliases,from,to\nZenda Steel,company,,BUS,Zenda Works; Z-Steel,1990-01-01,\n"


def test_csv(store: Store) -> None:
    told = taken(store, "a.csv", CSV, "csv")
    assert (told.actors, told.names) == (1, 3)
    found = named(store, "Z-Steel")
    assert (found.id, found.name, found.sector) == ("own-zenda-steel", "Zenda Steel", "BUS")


PHOENIX = """# a dictionary
<!-- written for this test -->
STRELSAU_LEAGUE_(SLG)_ [FRAREB] # who
+LEAGUE_OF_STRELSAU_
BLACK_MICHAEL_ ; a duke
\t[FRAGOV 900101-930101]
\t[FRAELI >930102]
OLD_BAGEHOT_
\t[FRAMIL 310101-400101]
\t[FRAELI]
FRANCE_ [FRA]
+ZENDAVILLE_
"""


def test_phoenix_actors_with_their_days(store: Store) -> None:
    taken(store, "p.txt", PHOENIX, "phoenix")
    league = named(store, "League of Strelsau")
    assert (league.name, league.kind, league.country, league.sector) == ("Strelsau League", "armed group", "FRA", "REB")
    assert named(store, "SLG").name == "Strelsau League"
    sectors = [named(store, "Black Michael", date(y, 6, 1)).sector for y in (1991, 2001)]
    assert sectors == ["GOV", "ELI"]
    assert [named(store, "Old Bagehot", date(y, 6, 1)).sector for y in (1935, 2001)] == ["MIL", "ELI"]
    assert named(store, "Zendaville").id is None


def test_phoenix_agents_with_sets_and_plurals(store: Store) -> None:
    text = "!PERSON! = MAN, WOMEN\nPALISADE_WARDEN {PALISADE_WARDENS} [~COP]\nMOAT!PERSON! [~AGR]\n"
    assert taken(store, "agents.txt", text, "phoenix").nouns == 3
    found = [named(store, w) for w in ("French palisade wardens", "Kenyan moatman")]
    assert [(f.country, f.sector) for f in found] == [("FRA", "COP"), ("KEN", "AGR")]


def entity(id_: str, schema: str, **properties: list[str]) -> str:
    return json.dumps({"id": id_, "schema": schema, "properties": properties}) + "\n"


def test_followthemoney_with_offices(store: Store) -> None:
    text = (
        entity("p1", "Person", name=["Flavia Elphberg"], alias=["Queen Flavia"], country=["fr"], birthDate=["1970"])
        + entity("o1", "PublicBody", name=["Zenda Office of Moats"], country=["fr"], topics=["gov"])
        + entity("t1", "Position", name=["Warden"], organization=["o1"])
        + entity("x1", "Occupancy", holder=["p1"], post=["t1"], startDate=["2001"], endDate=["2005-05"])
        + entity("v1", "Vessel", name=["A ship"])
    )
    assert taken(store, "e.ijson", text, "ftm").actors == 2
    person = store.registry().get("ftm-p1")
    assert person is not None
    assert [(p.title, p.of, p.from_, p.to) for p in person.posts] == [("warden", "ftm-o1", "2001-01-01", "2005-05-01")]
    assert (person.from_, named(store, "Queen Flavia", date(2003, 1, 1)).sector) == (None, "GOV")


def claim(value: Any, **qualifiers: tuple[str, int]) -> dict[str, Any]:
    told = {
        p: [{"snaktype": "value", "datavalue": {"value": {"time": t, "precision": n}}}]
        for p, (t, n) in qualifiers.items()
    }
    return {"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": "normal", "qualifiers": told}


def item(id_: str, label: str, aliases: tuple[str, ...] = (), **claims: Any) -> str:
    rows = {p: [v if isinstance(v, dict) else claim({"id": v})] for p, v in claims.items()}
    said = {"en": [{"language": "en", "value": a} for a in aliases]}
    return json.dumps({"id": id_, "labels": {"en": {"value": label}}, "aliases": said, "claims": rows})


def time(day: str, precision: int = 11) -> dict[str, Any]:
    return claim({"time": f"+{day}T00:00:00Z", "precision": precision})


DUMP = [
    item("Q900001", "Zenda Liberals", ("ZLP", "Liberals of Zenda"), P31="Q7278", P17="Q142", P571=time("1990-00-00", 9), P576=time("2004-03-00", 10)),
    item("Q900002", "Rudolf Rassendyll", P31="Q5", P27="Q142", P102="Q900001",
         P39=claim({"id": "Q900003"}, P580=("+1995-05-17T00:00:00Z", 11), P582=("+2007-05-16T00:00:00Z", 11))),
    item("Q900003", "Warden of France", P31="Q4164871", P1001="Q142"),
    item("Q900004", "A private person", P31="Q5", P27="Q142"),
    item("Q900005", "A river", P31="Q4022"),
]  # fmt: skip


def dump(rows: list[str] = DUMP) -> str:
    return "[\n" + ",\n".join(rows) + "\n]\n"


@pytest.mark.parametrize(
    ("name", "pack"), [("d.json", bytes), ("d.json.gz", gzip.compress), ("d.json.bz2", bz2.compress)]
)
def test_a_wikidata_dump(store: Store, name: str, pack: Any) -> None:
    assert taken(store, name, pack(dump().encode()), "wikidata").actors == 2
    party, person = store.registry().get("q900001"), store.registry().get("q900002")
    assert party is not None
    assert person is not None
    assert (party.kind, party.country, party.sector, party.from_, party.to) == (
        "party",
        "FRA",
        "PTY",
        "1990-01-01",
        "2004-04-01",
    )
    assert [(p.title, p.of, p.from_, p.to) for p in person.posts] == [("warden", "france", "1995-05-17", "2007-05-17")]
    assert [m.of for m in person.members] == ["q900001"]
    assert named(store, "Liberals of Zenda").wikidata == "Q900001"


SUBCLASSES = [
    item("Q900010", "Zenda Greens", P31="Q900011"),
    item("Q900011", "regional party of the woods", P279="Q900012"),
    item("Q900012", "regional party", P279="Q7278"),
    item("Q900013", "Zenda Rovers", P31="Q900014"),
    item("Q900014", "club of rowers", P279="Q847017"),
    item("Q847017", "sports club", P279="Q48204"),
    item("Q900015", "A thing of no kind", P31="Q900016"),
    item("Q900016", "one half of a circle", P279="Q900017"),
    item("Q900017", "the other half", P279="Q900016"),
    item("Q900018", "Zenda Party Paper", P31="Q11032"),
    json.dumps({"id": "Q900019", "labels": {"en": {"value": "Zenda Trust"}}, "claims": {
        "P31": [claim({"id": "Q900011"}), claim({"id": "Q163740"})]}}),
    item("Q900020", "Flavia Elphberg", P31="Q5", P27="Q142", P39=claim({"id": "Q900021"}, P580=("+1995-05-17T00:00:00Z", 11))),
    item("Q900021", "Keeper of France", P31="Q900022", P1001="Q142"),
    item("Q900022", "office of the forest", P279="Q294414"),
]  # fmt: skip


@pytest.mark.parametrize("rows", [SUBCLASSES, SUBCLASSES[::-1]])
def test_classes_below_listed_ones_are_taken_in_any_order(store: Store, rows: list[str]) -> None:
    taken(store, "d.json", dump(rows), "wikidata")
    found = {a.id: (a.kind, a.sector) for a in store.registry().actors if a.id.startswith("q9000")}
    assert found == {
        "q900010": ("party", "PTY"),
        "q900018": ("outlet", "JRN"),
        "q900019": ("ngo", "SOC"),
        "q900020": ("person", None),
    }
    keeper = store.registry().get("q900020")
    assert keeper is not None
    assert [(p.title, p.of) for p in keeper.posts] == [("keeper", "france")]


def test_an_imported_item_of_a_listed_body_gives_it_its_names(store: Store) -> None:
    taken(store, "d.json", dump([item("Q7184", "NATO", ("Zenda Pact",), P31="Q245065")]), "wikidata")
    assert named(store, "Zenda Pact").id == "nato"


SHIPS = dump([item(f"Q{i}", f"Ship {i * i}", P31="Q1") for i in range(999)])


@pytest.mark.parametrize(
    ("name", "content", "format_", "told"),
    [
        ("a.csv", "nom,kind\nA,party\n", "csv", r"a\.csv:1: expected a header"),
        ("a.csv", CSV + "B,company\n", "csv", r"a\.csv:3: 2 cells under a header of 7"),
        ("a.csv", CSV + "B,guild,,,,,\n", "csv", r"a\.csv:3: .*kind 'guild'"),
        ("a.csv", CSV + "B C,party,,,,2010-01-01,2009-01-01\n", "csv", r"a\.csv:3: .*is not before"),
        ("a.csv", CSV + "B C,party,,,,May,\n", "csv", r"a\.csv:3: .*must be a date"),
        ("a.csv", f"id,name\nx,{'y' * 10_000}\n", "csv", r"a\.csv:2: .*10000 characters; at most 200"),
        ("a.csv", "name\n" + "y" * 10_000 + "\n", "csv", r"a\.csv:2: .*too long"),
        ("a.csv", 'name\n"A\n', "csv", "not CSV"),
        ("a.csv", b"name\nA\xff\n", "csv", r"a\.csv:2: not UTF-8"),
        ("a.csv", "", "csv", r"a\.csv:1: expected a header"),
        ("a.csv", "name,part_of\nA B,nobody-here\n", "csv", r"a\.csv:2: .*refers to 'nobody-here'"),
        ("a.csv", "id,name\na,A\na,B\n", "csv", r"a\.csv:3: the id 'a' stands in line 2"),
        ("p.txt", "A_FRONT_\nB_FRONT_ [FRA]\n", "phoenix", r"p\.txt:1: 'A_FRONT_' has no \[CODE\]"),
        ("p.txt", "A_FRONT_ [FRA\n", "phoenix", r"p\.txt:1: a code is not closed"),
        ("p.txt", "A_FRONT_ [FRA 19930101-19900101]\n", "phoenix", r"p\.txt:1: .*ends before it begins"),
        ("p.txt", "A_FRONT_ [FRA 19931301-19940101]\n", "phoenix", r"p\.txt:1: .*no calendar"),
        ("p.txt", "+A_FRONT_\n", "phoenix", r"p\.txt:1: .*belongs to no name"),
        ("e.json", "{}\n", "ftm", r"e\.json:1: expected an entity"),
        ("e.json", '{"id": "a", "schema": "Person", "properties": {}}\n', "ftm", "has no name"),
        ("d.json", dump()[:-40], "wikidata", r"d\.json:6: "),
        ("d.json", dump().removesuffix("]\n"), "wikidata", "half a dump"),
        ("d.json.gz", gzip.compress(SHIPS.encode())[:-60], "wikidata", r"d\.json\.gz:\d+: cannot be read on"),
        ("d.json", dump(['{"id": "Q1", "claims": {"P31": 3}}']), "wikidata", r"d\.json:2: not an item"),
        ("d.json", dump([item("Q1", "x" * 10_000, P31="Q7278")]), "wikidata", r"d\.json:2: .*10000 characters"),
        ("d.json", dump([item("Q1", "A", P31="Q7278", P571=time("2001-01-01"), P576=time("1999-01-01"))]), "wikidata", r"d\.json:2: .*not before"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_with_its_line_and_changes_nothing(
    store: Store, name: str, content: str | bytes, format_: str, told: str
) -> None:
    taken(store, "before.csv", CSV.replace("Zenda", "Hentzau"), "csv")
    before = {p: p.read_bytes() for p in store.folder.rglob("*.jsonl")}
    with pytest.raises(RegistryError, match=told):
        taken(store, name, content, format_)
    assert {p: p.read_bytes() for p in store.folder.rglob("*") if p.is_file() and p.name != ".lock"} == before
    assert named(store, "Hentzau Works").id == "own-hentzau-steel"


def test_bad_entries_may_be_left_out(store: Store) -> None:
    told = taken(store, "p.txt", "A_B_FRONT_ [FRA\nC_D_FRONT_ [FRAREB]\n", "phoenix", lenient=True)
    assert (told.actors, len(told.left_out)) == (1, 1)
    assert "p.txt:1" in told.left_out[0]


def test_an_import_taken_back_is_gone_and_may_be_repeated(store: Store) -> None:
    taken(store, "a.csv", CSV, "csv")
    with pytest.raises(UsageError, match="imported already"):
        taken(store, "a.csv", CSV, "csv")
    store.undo(1)
    assert store.registry().get("own-zenda-steel") is None
    taken(store, "a.csv", CSV, "csv")
    assert store.registry().get("own-zenda-steel") is not None


def test_imported_names_take_nothing_from_listed_ones(store: Store) -> None:
    told = taken(store, "a.csv", "name,kind,aliases\nHamas,company,Officials; Hamas Ltd\n", "csv")
    assert told.same_names == [("own-hamas", "hamas")]
    assert (named(store, "Hamas").id, named(store, "Hamas Ltd").id) == ("hamas", "own-hamas")
    officials = named(store, "Iranian officials")
    assert (officials.country, officials.id) == (
        resolve(Registry.load(), "Iranian officials").country,
        "iran" if officials.id else None,
    )  # type: ignore[union-attr]


def test_an_identifier_tells_who_is_who(store: Store) -> None:
    taken(store, "a.csv", "id,name,kind,aliases\nhamas,Hamas,armed group,Zenda Brigade of Hamas\n", "csv")
    assert named(store, "Zenda Brigade of Hamas").id == "hamas"


def test_an_imported_actor_can_be_merged_into_a_listed_one(store: Store) -> None:
    taken(store, "a.csv", CSV, "csv")
    store.merge("hamas", "own-zenda-steel", "a test")
    assert named(store, "Z-Steel").id == "hamas"
    store.undo(2)
    assert named(store, "Z-Steel").id == "own-zenda-steel"


@pytest.mark.parametrize("format_", ["jsonl", "csv"])
def test_what_is_exported_can_be_imported(store: Store, tmp_path: Path, format_: str) -> None:
    store.add({"name": "=Zenda Front", "kind": "party", "country": "FRA", "names": ["ZF One"], "from": "2001-02-03"})
    text = "\n".join(exported(chosen(store, own_only=True), format_)) + "\n"
    other = Store(tmp_path / "other")
    taken(other, f"x.{format_}", text, format_)
    assert other.registry().get("zenda-front") == store.registry().get("zenda-front")
    assert format_ != "csv" or "'=Zenda" in text


def test_all_that_is_shipped_can_be_exported(store: Store) -> None:
    actors = list(store.registry().actors)
    assert len(list(exported(actors, "jsonl"))) == len(actors)
    entities = [json.loads(line) for line in exported(actors, "ftm")]
    assert {"PublicBody"} <= {e["schema"] for e in entities}
    assert all(isinstance(v, list) for e in entities for v in e["properties"].values())
