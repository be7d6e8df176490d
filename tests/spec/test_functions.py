"""The named SQL functions give the values that their definitions state, and agree with the Python of the same name."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circledata.engine.session import Session
from circledata.sources.model import Meta
from circledata.standard import load_standard, spec_root
from circledata.standard.generate import read_yaml
from circledata.values.identifiers import USCC_ALPHABET, luhn_ok, resident_id_ok, uscc_check_character, uscc_ok

FUNCTIONS = read_yaml(spec_root() / "1.0" / "functions.yaml")
VECTORS = [
    pytest.param(function["name"], vector, id=f"{function['name']} {number}")
    for function in FUNCTIONS
    for number, vector in enumerate(function["vectors"])
]


@pytest.fixture(scope="module")
def session():
    with Session(load_standard(), Meta()) as opened:
        opened.define_functions()
        yield opened


def ask(session: Session, name: str, values: list) -> object:
    marks = ", ".join("?" for _ in values)
    row = session.connection.execute(f"SELECT {name}({marks})", values).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(("name", "vector"), VECTORS)
def test_vector(session: Session, name: str, vector: dict) -> None:
    result = ask(session, name, vector["args"])
    if "tolerance" in vector:
        assert result == pytest.approx(vector["result"], abs=vector["tolerance"])
    else:
        assert result == vector["result"]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function["name"])
def test_a_function_is_described(function: dict) -> None:
    assert function["description"]["zh"] and function["description"]["en"] and function["source"]
    assert function["vectors"]


@given(st.text(alphabet=USCC_ALPHABET, min_size=17, max_size=17), st.sampled_from(USCC_ALPHABET))
@settings(max_examples=150, deadline=None)
def test_credit_codes_agree_with_python(first: str, last: str) -> None:
    good = first + str(uscc_check_character(first))
    connection = duckdb.connect()
    sql = next(function["sql"] for function in FUNCTIONS if function["name"] == "uscc_ok")
    connection.execute(f"CREATE MACRO uscc_ok(x) AS ({sql})")
    for code in (good, first + last):
        assert connection.execute("SELECT uscc_ok(?)", [code]).fetchone() == (uscc_ok(code),)


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "110105194912310021", "440524188001010014", "110105194913310022"]
)
def test_resident_ids_agree_with_python(session: Session, number: str) -> None:
    assert ask(session, "resident_id_ok", [number]) == resident_id_ok(number)


@pytest.mark.parametrize("number", ["6222020000000000000", "4111111111111111", "4111111111111112", "79927398713"])
def test_bank_cards_agree_with_python(session: Session, number: str) -> None:
    expected = luhn_ok(number) and 13 <= len(number) <= 19
    assert bool(ask(session, "luhn_ok", [number])) == expected
