"""Aggregation: what comes out, whose fault it is when something does not, and that nobody stops the others."""

from __future__ import annotations

import json
import random
import shutil
from html import unescape
from pathlib import Path

import pytest
from district_sample import PLACES, rows_of, shop, write_district
from jsonschema import Draft202012Validator

from circledata import aggregate, validate
from circledata.feeds.aggregate.model import AggregateError
from circledata.standard import spec_root


def districts(folder: Path, codes=tuple(PLACES)) -> Path:
    for code in codes:
        write_district(folder / code, code, boundary=True)
    return folder


def codes_of(board, code: str) -> list[str]:
    return [action["code"] for action in board["actions"] if action["division_code"] == code]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_city_is_the_sum_of_its_counties(tmp_path: Path) -> None:
    done = aggregate(districts(tmp_path / "in"), out=tmp_path / "out", publisher="示例市商务局")
    assert (done.fresh, done.kept, done.changed) == (4, 0, True)
    totals = done.board["totals"]
    assert (totals["members"], totals["taken"], totals["left_out"]) == (4, 4, 0)
    assert totals["records"] == {"circles": 4, "outlets": 12}
    assert done.board["area"]["division_code"] == "620600"
    assert done.board["figures"]["outlets"] == 12
    assert [member["figures"]["outlets"] for member in done.board["members"]] == [3, 3, 3, 3]
    report = validate(tmp_path / "out" / "package")
    assert report.valid
    assert report.counts["warning"] == 0
    ids = [row["outlet_id"] for row in rows_of(tmp_path / "out" / "package" / "outlets.csv")]
    assert ids == [f"{code}-O{number:06d}" for code in PLACES for number in (1, 2, 3)]
    descriptor = json.loads((tmp_path / "out" / "package" / "datapackage.json").read_bytes())
    assert [source["title"][:11] for source in descriptor["sources"]] == [f"示例数据 {code}" for code in PLACES]
    assert descriptor["circledata"]["synthetic"] is True
    assert descriptor["contributors"][0] == {"title": "示例市商务局", "roles": ["publisher"]}


def test_the_scoreboard_is_as_its_schema_says_and_its_page_asks_for_nothing(tmp_path: Path) -> None:
    folder = districts(tmp_path / "in")
    (folder / "620622" / "datapackage.json").write_text("{", encoding="utf-8")
    done = aggregate(folder, out=tmp_path / "out")
    schema = json.loads((spec_root() / "1.0" / "feeds" / "scoreboard.schema.json").read_bytes())
    board = json.loads((tmp_path / "out" / "scoreboard.json").read_bytes())
    assert board == done.board
    assert [error.message for error in Draft202012Validator(schema).iter_errors(board)] == []
    page = (tmp_path / "out" / "scoreboard.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in unescape(page)
    assert "http" not in page.replace("http-equiv", "")
    assert page.count('<th scope="row">') == len(board["members"]) + len(board["actions"])
    for name in ("members.csv", "scoreboard.csv"):
        assert len(rows_of(tmp_path / "out" / name)) == len(board["members"])


def test_the_order_of_the_members_changes_no_byte(tmp_path: Path) -> None:
    folder = districts(tmp_path / "in")
    paths = sorted(folder.iterdir())
    aggregate(*paths, out=tmp_path / "a" / "out", jobs=1)
    random.Random(7).shuffle(paths)
    aggregate(*paths, out=tmp_path / "b" / "out", jobs=2)
    assert files_of(tmp_path / "a" / "out") == files_of(tmp_path / "b" / "out")


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    folder = districts(tmp_path / "in")
    aggregate(folder, out=tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    again = aggregate(folder, out=tmp_path / "out")
    assert (again.fresh, again.kept, again.changed) == (0, 4, False)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_only_what_changed_is_taken_in_again(tmp_path: Path) -> None:
    folder = districts(tmp_path / "in")
    aggregate(folder, out=tmp_path / "out")
    outlets = folder / "620621" / "outlets.csv"
    outlets.write_text(outlets.read_text(encoding="utf-8").replace("示例路 2 号", "示例路 22 号"), encoding="utf-8")
    again = aggregate(folder, out=tmp_path / "out")
    assert (again.fresh, again.kept, again.changed) == (1, 3, True)
    aggregate(folder, out=tmp_path / "clean")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "clean")


def test_one_bad_district_is_listed_and_stops_nobody(tmp_path: Path) -> None:
    folder = districts(tmp_path / "in")
    (folder / "620622" / "datapackage.json").write_text("{", encoding="utf-8")
    write_district(tmp_path / "in" / "bad", "620602001", outlets=[shop("620602001", 1, status="opened")])
    (folder / "damaged.zip").write_bytes(b"PK\x03\x04 and then nothing")
    done = aggregate(folder, out=tmp_path / "out")
    assert done.board["totals"]["taken"] == 3
    assert codes_of(done.board, "620602001") == ["errors"]
    left = [member for member in done.board["members"] if not member["taken"]]
    assert len(left) == 3
    assert all(member["reasons"] for member in left)
    assert validate(tmp_path / "out" / "package").valid
    both = aggregate(folder, out=tmp_path / "out", include_errors=True)
    assert both.fresh == 0
    assert both.board["totals"]["taken"] == 4


def test_an_id_that_two_districts_use_stays_with_the_one_it_names(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602")
    taken = [shop("620621", 1), {**shop("620621", 2), "outlet_id": "620602-O000001"}]
    # The prefix of another district is an error, so this one comes in only when it is wanted.
    write_district(tmp_path / "in" / "b", "620621", outlets=taken)
    done = aggregate(tmp_path / "in", out=tmp_path / "out", include_errors=True)
    assert done.board["totals"]["conflicts"]["id-claimed"] == 1
    (row,) = rows_of(tmp_path / "out" / "conflicts.csv")
    assert (row["division_code"], row["other_division_code"], row["id"]) == ("620602", "620621", "620602-O000001")
    names = {item["outlet_id"]: item["name"] for item in rows_of(tmp_path / "out" / "package" / "outlets.csv")}
    assert names["620602-O000001"] == "示例便利店 620602 1"
    assert len(names) == 4


def test_outlets_of_two_districts_at_one_place_are_found(tmp_path: Path) -> None:
    lon, lat = PLACES["620602"]
    near = {"longitude": f"{lon + 0.0011:.6f}", "latitude": f"{lat + 0.0006:.6f}"}  # 33 m north of the first outlet
    far = {"longitude": f"{lon + 0.0022:.6f}", "latitude": f"{lat + 0.0012:.6f}"}  # 67 m north of the second
    write_district(tmp_path / "in" / "a", "620602")
    shops = [
        shop("620621", 1, name="示例便利店（620602-1）", **near),
        shop("620621", 2, name="示例便利店 620602 2", **far),
        shop("620621", 3),
    ]
    write_district(tmp_path / "in" / "b", "620621", outlets=shops)
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert done.board["totals"]["conflicts"]["same-name-same-place"] == 1
    (row,) = rows_of(tmp_path / "out" / "conflicts.csv")
    assert (row["id"], row["other_id"], row["distance_m"]) == ("620602-O000001", "620621-O000001", "33")
    assert codes_of(done.board, "620602") == codes_of(done.board, "620621")[:1] == ["same-name-same-place"]


def test_a_community_that_two_districts_cover_is_found(tmp_path: Path) -> None:
    for code in ("620602", "620621"):
        write_district(
            tmp_path / "in" / code, code, communities=[{"community_code": "620602001001", "population": 900}]
        )
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert done.board["totals"]["conflicts"]["community-claimed"] == 1


def test_other_coordinates_are_brought_to_wgs84(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602", boundary=True)
    write_district(tmp_path / "in" / "b", "620621", boundary=True, facts={"coordinate_system": "GCJ-02"})
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert done.board["coordinate_system"] == "WGS84"
    rows = {row["outlet_id"]: row for row in rows_of(tmp_path / "out" / "package" / "outlets.csv")}
    plain, moved = shop("620602", 1), shop("620621", 1)
    assert rows["620602-O000001"]["longitude"] == plain["longitude"]
    shift = float(str(moved["longitude"])) - float(rows["620621-O000001"]["longitude"])
    assert 0.001 < abs(shift) < 0.01
    features = json.loads((tmp_path / "out" / "package" / "circles.geojson").read_bytes())["features"]
    assert features[1]["geometry"]["coordinates"][0][0][0] != PLACES["620621"][0] - 0.006
    assert validate(tmp_path / "out" / "package").valid


@pytest.mark.parametrize(
    ("facts", "reason"), [({"profile": "exchange"}, "exchange"), ({"synthetic": True}, "synthetic")]
)
def test_what_must_not_be_mixed_is_left_out(tmp_path: Path, facts, reason) -> None:
    write_district(tmp_path / "in" / "a", "620602", facts={"synthetic": False})
    write_district(tmp_path / "in" / "b", "620621", facts={"synthetic": False, **facts})
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert codes_of(done.board, "620621") == [reason]
    assert done.board["totals"]["records"]["outlets"] == 3


def test_exchange_packages_come_in_when_they_are_wanted(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602", facts={"profile": "exchange"})
    done = aggregate(tmp_path / "in", out=tmp_path / "out", exchange=True)
    assert done.board["totals"]["taken"] == 1
    descriptor = json.loads((tmp_path / "out" / "package" / "datapackage.json").read_bytes())
    assert descriptor["circledata"]["profile"] == "exchange"


def test_of_two_packages_of_a_district_the_later_counts(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "old", "620602", facts={"as_of": "2023-12-31"})
    write_district(tmp_path / "in" / "new", "620602")
    shutil.copytree(tmp_path / "in" / "new", tmp_path / "in" / "twin")
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    reasons = {m["source"].rpartition("/")[2]: [r["code"] for r in m["reasons"]] for m in done.board["members"]}
    assert reasons == {"new": [], "old": ["superseded"], "twin": ["member-twice"]}


def test_two_packages_of_one_day_are_both_left_out(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602")
    write_district(tmp_path / "in" / "b", "620602", outlets=[shop("620602", 1)])
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert codes_of(done.board, "620602") == ["division-twice", "division-twice"]
    assert not (tmp_path / "out" / "package").exists()
    assert done.board["totals"]["taken"] == 0


def test_data_of_an_older_year_is_said(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602")
    write_district(tmp_path / "in" / "b", "620621", facts={"as_of": "2023-12-30"})
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert codes_of(done.board, "620621") == ["as-of-old"]
    assert done.board["as_of"] == "2024-12-31"
    assert done.board["totals"]["taken"] == 2


def test_local_categories_that_differ_are_said(tmp_path: Path) -> None:
    for code, parent in (("620602", "restaurant"), ("620621", "other-retail")):
        local = [{"category": "noodles", "name": "面馆", "parent": parent}]
        write_district(tmp_path / "in" / code, code, more={"categories": local})
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert done.board["totals"]["conflicts"]["category-differs"] == 1
    assert len(rows_of(tmp_path / "out" / "package" / "categories.csv")) == 1


def test_text_that_looks_like_a_formula_is_marked(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602", outlets=[shop("620602", 1, name="'=示例")])
    aggregate(tmp_path / "in", out=tmp_path / "out")
    (row,) = rows_of(tmp_path / "out" / "package" / "outlets.csv")
    assert row["name"] == "'=示例"


def test_columns_beyond_the_standard_are_left_out_and_said(tmp_path: Path) -> None:
    write_district(tmp_path / "in" / "a", "620602", outlets=[shop("620602", 1, x_note="1")])
    done = aggregate(tmp_path / "in", out=tmp_path / "out")
    assert codes_of(done.board, "620602") == ["beyond-core"]
    assert "outlets.x_note" in done.board["actions"][0]["text"]["en"]


def test_a_manifest_names_its_members(tmp_path: Path) -> None:
    write_district(tmp_path / "site" / "a", "620602")
    members = [
        {"division_code": "620602", "url": "a/datapackage.json"},
        {"division_code": "620621", "url": "b/circledata.json"},
    ]
    (tmp_path / "site" / "manifest.json").write_text(
        json.dumps({"type": "manifest", "members": members}), encoding="utf-8"
    )
    done = aggregate(tmp_path / "site" / "manifest.json", out=tmp_path / "out")
    assert done.board["totals"]["taken"] == 1
    assert codes_of(done.board, "620621") == ["unreadable"]


def test_an_address_is_refused_without_fetch(tmp_path: Path) -> None:
    with pytest.raises(AggregateError, match="--fetch"):
        aggregate("https://data.example/manifest.json", out=tmp_path / "out")
    (tmp_path / "manifest.json").write_text(
        json.dumps(
            {
                "type": "manifest",
                "members": [{"division_code": "620602", "url": "https://data.example/circledata.json"}],
            }
        ),
        encoding="utf-8",
    )
    with pytest.raises(AggregateError, match="--fetch"):
        aggregate(tmp_path / "manifest.json", out=tmp_path / "out")


@pytest.mark.parametrize("case", ["nothing", "missing", "foreign", "inside", "division"])
def test_bad_use_is_one_sentence_and_writes_nothing(tmp_path: Path, case: str) -> None:
    package = write_district(tmp_path / "in" / "a", "620602")
    out, division = tmp_path / "out", None
    given = package
    if case == "nothing":
        (given := tmp_path / "empty").mkdir()
    elif case == "missing":
        given = tmp_path / "nowhere"
    elif case == "foreign":
        out.mkdir()
        (out / "notes.txt").write_text("mine", encoding="utf-8")
    elif case == "inside":
        out = tmp_path / "in"
    else:
        division = "999999"
    before = files_of(tmp_path)
    with pytest.raises(AggregateError) as caught:
        aggregate(given, out=out, division=division)
    assert caught.value.in_language("zh").endswith("。")
    assert {name: data for name, data in files_of(tmp_path).items() if ".state" not in name} == before


def test_a_run_that_holds_the_folder_keeps_the_next_one_out(tmp_path: Path) -> None:
    from circledata.feeds.aggregate.state import State

    write_district(tmp_path / "in" / "a", "620602")
    with State(tmp_path / "out.state", {}).locked(), pytest.raises(AggregateError):
        aggregate(tmp_path / "in", out=tmp_path / "out")
