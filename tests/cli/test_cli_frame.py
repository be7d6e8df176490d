"""The command line as a whole: languages, help, speed of start, words."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_line import Run

import circledata.cli
from circledata.cli.language import choose, from_locale
from circledata.cli.program import COMMANDS, Program
from circledata.cli.words import WORDS, Words
from circledata.reports.layout import display_width
from circledata.reports.words import WORDS as REPORT_WORDS


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_TW.Big5"}, "zh"),
        ([], {"LANG": "bo_CN"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE@euro"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        ([], {"CIRCLEDATA_LANG": "zh", "LANG": "en_US"}, "zh"),
        ([], {"CIRCLEDATA_LANG": "fr", "LANG": "en_US"}, "en"),
        (["--lang", "en", "rules"], {"CIRCLEDATA_LANG": "zh"}, "en"),
        (["rules", "--lang=en"], {}, "en"),
        (["rules", "--", "--lang=en"], {}, "zh"),
        (["rules", "--lang"], {}, "zh"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose(arguments, environment) == language


def test_locale_names() -> None:
    assert from_locale("C") == "zh"
    assert from_locale("fr_FR.UTF-8") == "en"


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_in_both_languages(run: Run, name: str) -> None:
    command = [name] if name else []
    zh, en = run(*command, "--help"), run("--lang", "en", *command, "-h")
    assert zh.exit_code == en.exit_code == 0
    assert zh.stdout.startswith(f"用法：circledata {name}".rstrip())
    assert en.stdout.startswith(f"Usage: circledata {name}".rstrip())
    assert not re.search("[\u4e00-\u9fff]", en.stdout)
    for text in (zh.stdout, en.stdout):
        assert max(map(display_width, text.splitlines())) <= 84


def test_nothing_named_shows_the_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert all(f"\n  {name} " in result.stdout for name in COMMANDS)


def test_version_option(run: Run) -> None:
    assert re.fullmatch(r"circledata [0-9.]+\n", run("--version").stdout)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("validat",), "没有命令 validat。您要的是不是 validate？"),
        (("xyz",), "没有命令 xyz。"),
        (("--foo",), "没有选项 --foo。"),
        (("rules", "a", "b"), "多出了参数：b。"),
        (("new",), "缺少 文件夹。"),
        (("new", "x", "--name", "y"), "缺少 --division。"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"出错：{sentence}" in result.stderr
    assert result.stdout == ""


def sources() -> list[Path]:
    return sorted(Path(circledata.cli.__file__).parent.glob("*.py"))


def test_every_word_that_is_used_exists_and_every_word_is_used() -> None:
    """Keys are literals in the code, or begin with one; a key that nobody names would never be seen missing."""
    literals: set[str] = set()
    prefixes: set[str] = set()
    for path in sources():
        if path.name == "words.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                prefixes.add(str(node.values[0].value))
            if isinstance(node, ast.Call) and _called(node) == "words" and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value in WORDS, f"{path.name}: {node.args[0].value}"
    prefixes = {prefix for prefix in prefixes if prefix.endswith("-")} | {f"{name}-" for name in COMMANDS}
    unused = [
        key for key in WORDS if key not in literals and not key.startswith(tuple(prefixes)) and key not in COMMANDS
    ]
    assert not unused


def _called(node: ast.Call) -> str:
    function = node.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


@pytest.mark.parametrize("words", [WORDS, {key: (text.zh, text.en) for key, text in REPORT_WORDS.items()}])
def test_both_languages_say_the_same(words: dict[str, tuple[str, str]]) -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    for key, (zh, en) in words.items():
        assert zh and en, key
        assert names(zh) == names(en), key
        assert not re.search("[\u4e00-\u9fff]", en), key
        assert not re.search("[\u4e00-\u9fff][,;:?!]", zh), f"{key}: Chinese punctuation in Chinese text"


def test_every_option_has_its_words() -> None:
    program = Program()
    context = click.Context(program, info_name="circledata")
    for language in ("zh", "en"):
        program.words = Words(language)  # type: ignore[arg-type]
        for name in COMMANDS:
            command = program.get_command(context, name)
            assert command is not None
            for option in command.params:
                if isinstance(option, click.Option):
                    assert option.help, (name, option.name)
            assert command.get_help(context)


FORBIDDEN = (
    "duckdb yaml jsonschema frictionless shapely numpy rich circledata.standard circledata.findings circledata.api"
)


def test_help_loads_click_and_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "circledata.cli", "--help"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    loaded = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "click" in loaded
    assert not loaded & set(FORBIDDEN.split())
