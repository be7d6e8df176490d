"""The whole way, from a package on disk to each format, with the real standard and the real engine."""

import json
from pathlib import Path

import pytest
from command_line import Run
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from circledata.reports import BINARY, NAMES
from circledata.standard import spec_root

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
PACKAGES = sorted(path.parent for path in EXAMPLES.glob("*/datapackage.json"))

pytestmark = pytest.mark.skipif(
    not (spec_root() / "1.0" / "standard.json").is_file(), reason="the bundle of the standard is not generated"
)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_reports_of_the_examples_follow_the_schema(run: Run, package: Path) -> None:
    schema = json.loads((spec_root() / "1.0" / "report.schema.json").read_text(encoding="utf-8"))
    result = run("validate", package, "--format", "json")
    report = json.loads(result.stdout)
    assert not list(Draft202012Validator(schema).iter_errors(report))
    assert result.exit_code == (0 if report["valid"] else 1)
    assert report["valid"] == (package.name != "broken-district")


@pytest.fixture(scope="module")
def personal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with a resident id, a bank card and a mobile number where none belongs, and faults beside them."""
    from click.testing import CliRunner

    from circledata.cli.program import Program
    from circledata.standard import load_standard

    folder = tmp_path_factory.mktemp("personal") / "p"
    base = ["--division", "620602", "--name", "x", "--as-of", "2024-12-31", "--table", "outlets"]
    CliRunner().invoke(Program(), ["new", str(folder), *base])
    names = [field.name for field in load_standard().tables["outlets"].fields]
    cells = {
        "outlet_id": "620602-O000001",
        "name": "张三 110101199003070054",
        "category": "110101199003070054",
        "address": "卡 6222020200112233448",
        "status": "13800138000",
        "longitude": "110101199003070054",
        "brand": "13800138000",
    }
    lines = [",".join(names), ",".join(cells.get(name, "") for name in names)]
    (folder / "outlets.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def said(run: Run, folder: Path, format: str, *arguments: object) -> str:
    """Return all that a report says; of a workbook its list and its notes, the rest of it is the publisher's own."""
    output = folder / "report.xlsx"
    result = run("validate", *arguments, "--format", format, *(["-o", output] if format in BINARY else []))
    assert result.exit_code == 1, result.stderr
    if format not in BINARY:
        return result.output
    book = load_workbook(output)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    notes = [cell.comment.text for cell in cells if cell.comment]
    assert notes
    listed = [str(value) for row in book.worksheets[0].iter_rows(values_only=True) for value in row]
    return "\n".join([*listed, *notes])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("format", NAMES)
def test_personal_data_never_shows(run: Run, personal: Path, tmp_path: Path, format: str, language: str) -> None:
    text = said(run, tmp_path, format, personal, "--max-examples", "all", "--lang", language)
    assert "CD206" in text
    for secret in ("110101199003070054", "6222020200112233448", "13800138000"):
        assert secret not in text


def test_personal_data_never_shows_in_crosscheck(run: Run, personal: Path) -> None:
    output = run("crosscheck", personal).output
    assert "outlets.csv" in output
    for secret in ("110101199003070054", "6222020200112233448", "13800138000"):
        assert secret not in output


def test_a_policy_is_applied_and_shown(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(
        "rules:\n"
        "- {rule: code-unknown, level: warning, reason: 系统九月停用, until: 2026-12-31}\n"
        "- {rule: CD201, level: off, reason: 试点, until: 2026-12-31}\n"
        "- {rule: CD204, level: off, reason: 旧的, until: 2020-12-31}\n",
        encoding="utf-8",
    )
    package = EXAMPLES / "broken-district"
    report = json.loads(run("validate", package, "--format", "json", "--policy", path).stdout)
    levels = {rule["code"]: rule["level"] for rule in report["rules"]}
    assert levels["CD206"] == "warning"
    assert "CD201" not in levels
    assert levels["CD204"] == "error"
    assert [(entry["rule"], entry["level"]) for entry in report["policy"]] == [("CD206", "warning"), ("CD201", "off")]
    for format in NAMES:
        assert "试点" in said(run, tmp_path, format, package, "--policy", path), format
    assert "已在 2020-12-31 到期" in run("validate", package, "--policy", path).stdout
    path.write_text("rules:\n- {rule: CD999, level: off, reason: x, until: 2026-12-31}\n", encoding="utf-8")
    assert run("validate", package, "--policy", path).exit_code == 2
