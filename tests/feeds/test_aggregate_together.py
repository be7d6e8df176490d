"""Members that are checked together have exactly the findings that each has alone: over the cases of the rules."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable
from pathlib import Path

import pytest
from district_sample import PLACES, shop, write_district

from circledata import validate
from circledata.feeds.aggregate.together.load import NotTogether
from circledata.feeds.aggregate.together.run import check_together, layout
from circledata.sources import Options, Package, open_package
from circledata.standard import load_standard
from circledata.standard.cases import cases_of, write_case

STANDARD = load_standard()
FORMS = {"query", "join", "row"}


def opened(path: Path, work: Path) -> Package:
    work.mkdir()
    return open_package([path], workdir=work, options=Options())


def alone(path: Path) -> dict[tuple[str | None, str], int]:
    return {(item.table, item.code): item.count for item in validate(path).table_counts}


def together(packages: dict[int, Package]) -> dict[int, dict[tuple[str | None, str], int]]:
    checked = check_together(packages, STANDARD)
    checked.session.close()
    return {number: {key: count for key, count in own.items() if count} for number, own in checked.counts.items()}


@pytest.mark.parametrize("family", ["advice", "consistency", "geography", "keys", "privacy", "values"])
def test_cases_of_the_rules_come_out_as_alone(family: str, tmp_path: Path) -> None:
    groups: dict[Hashable, dict[int, Path]] = defaultdict(dict)
    packages: dict[int, Package] = {}
    for rule in STANDARD.rules.values():
        # One good and one bad case a rule, so that members differ in what they have.
        cases = list(cases_of(rule, STANDARD.root)) if rule.family == family and rule.form in FORMS else []
        for case in [*[c for c in cases if c.passes][:1], *[c for c in cases if not c.passes][:1]]:
            number = len(packages)
            path = write_case(case, STANDARD, tmp_path / str(number))
            packages[number] = opened(path, tmp_path / f"work-{number}")
            if (key := layout(packages[number])) is not None:
                groups[key][number] = path
    compared = 0
    for members in groups.values():
        left = dict(members)
        while len(left) > 1:
            try:
                found = together({number: packages[number] for number in left})
            except NotTogether as error:
                for number in error.members:
                    del left[number]
                continue
            for number, path in left.items():
                assert found[number] == alone(path), path
            compared += len(left)
            break
    assert compared >= 10


def test_what_is_not_sound_is_named(tmp_path: Path) -> None:
    packages = {}
    for number, code in enumerate(PLACES):
        path = write_district(tmp_path / code, code)
        if number == 2:
            text = (path / "outlets.csv").read_text(encoding="utf-8")
            (path / "outlets.csv").write_text(text.replace("示例路 2 号", '"示例路\n2 号"'), encoding="utf-8")
        packages[number] = opened(path, tmp_path / f"work-{number}")
    with pytest.raises(NotTogether) as caught:
        check_together(packages, STANDARD)
    assert caught.value.members == (2,)


def test_members_do_not_help_each_other(tmp_path: Path) -> None:
    """What one member lacks is missing even where another member of the batch has it."""
    first = write_district(tmp_path / "a", "620602")
    second = write_district(tmp_path / "b", "620621", outlets=[shop("620621", 1, circle_id="620602-C001")])
    packages = {0: opened(first, tmp_path / "work-0"), 1: opened(second, tmp_path / "work-1")}
    found = together(packages)
    assert found == {0: alone(first), 1: alone(second)}


def test_packages_of_other_settings_are_not_put_together(tmp_path: Path) -> None:
    keys = set()
    for number, facts in enumerate(
        ({}, {"as_of": "2023-12-31"}, {"coordinate_system": "WGS84"}, {"profile": "exchange"})
    ):
        path = write_district(tmp_path / str(number), "620602", facts=facts)
        keys.add(layout(opened(path, tmp_path / f"work-{number}")))
    assert len(keys) == 4
    path = write_district(tmp_path / "more", "620602")
    descriptor = json.loads((path / "datapackage.json").read_bytes())
    descriptor["circledata"].pop("as_of")
    (path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert layout(opened(path, tmp_path / "work-more")) is None
