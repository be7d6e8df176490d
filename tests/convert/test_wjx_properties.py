"""Whatever people answered: counts add up, nothing small is shown, and nobody can work it out along a sum."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from wjx_sample import convert, table

from circledata.convert.survey.suppress import SMALLEST, ResultSet, suppress

FIVE = ["非常满意", "满意", "一般", "不满意", "非常不满意"]
NO_ANSWER = ["(跳过)", "(空)", None]
HEADER = ["序号", "提交答卷时间", "1、性别", "2、总体满意吗", "3、缺什么（可多选）", "4、社区", "5、几口人"]
ROW = st.tuples(
    st.sampled_from(["1", "2", "3"]),
    st.sampled_from(["2024/9/1 8:00:00", "2024/9/2 8:00:00"]),
    st.sampled_from(["男", "女", *NO_ANSWER]),
    st.sampled_from([*FIVE, "说不清", *NO_ANSWER]),
    st.sampled_from(["书店", "书店┋维修点", "其他〖随便〗", *NO_ANSWER]),
    st.sampled_from(["东街", "西街", "南街", *NO_ANSWER]),
    st.sampled_from(["1", "2人", "3", "12", *NO_ANSWER]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=80), exchange=st.booleans())
def test_counts_add_up_and_no_row_is_lost(rows: list[tuple[str | None, ...]], exchange: bool) -> None:
    always = ["1", "2024/9/1 7:00:00", "男", "一般", "书店", "东街", "1"]
    source = table(HEADER, [always, *rows])
    draft = convert(source, profile="exchange" if exchange else "open", circle_question=4, group_questions=[1])
    assert draft.rows_in == draft.rows_used + len(draft.left_out) == len(rows) + 1
    assert draft.tables["surveys"][0]["responses"] == str(draft.rows_used)
    types = {row["question_id"]: row["type"] for row in draft.tables["survey_questions"]}
    sums: Counter[tuple[str, ...]] = Counter()
    bases: dict[tuple[str, ...], int] = {}
    hidden: Counter[tuple[str, ...]] = Counter()
    options: Counter[tuple[str, ...]] = Counter()
    for row in draft.tables["survey_results"]:
        key = (row["question_id"], row.get("circle_id", ""), row.get("group", ""))
        sums[key] += int(row["count"])
        options[key] += 1
        hidden[key] += row["suppressed"] == "true"
        assert bases.setdefault(key, int(row["base"])) == int(row["base"]) <= draft.rows_used
        assert exchange or row["suppressed"] == "true" or not 0 < int(row["count"]) < SMALLEST
    for key, base in bases.items():
        if types[key[0]] == "multiple":
            continue
        assert sums[key] <= base
        assert (sums[key] == base) is (hidden[key] == 0)
        assert hidden[key] != 1 or options[key] == 1  # 只有一个选项的，人数就是回答人数
        assert hidden[key] == 0 or base - sums[key] >= SMALLEST
    if exchange:
        assert not sum(hidden.values())
        singles = Counter(row["question_id"] for row in draft.tables["survey_responses"])
        assert all(singles[key[0]] == base for key, base in bases.items() if key[1:] == ("", ""))


COUNTS = st.lists(st.integers(0, 12), min_size=3, max_size=5)


@settings(max_examples=200, deadline=None)
@given(parts=st.lists(COUNTS, min_size=1, max_size=5), left=COUNTS, additive=st.booleans())
def test_no_single_sum_gives_a_small_count_away(parts: list[list[int]], left: list[int], additive: bool) -> None:
    options = ["a", "b", "c"]
    sets = [ResultSet(dict(zip(options, counts, strict=False)), sum(counts[:3])) for counts in parts]
    whole = {option: sum(item.counts[option] for item in sets) + left[place] for place, option in enumerate(options)}
    total = ResultSet(whole, sum(whole.values()))
    suppress(total, [sets], additive=additive)
    for item in (total, *sets):
        assert item.omitted is (0 < item.base < SMALLEST)
        assert not any(item.is_open(option) and 0 < item.counts[option] < SMALLEST for option in options)
        if additive and item.hidden and not item.omitted:
            assert len(item.hidden) >= 2
            assert sum(item.counts[option] for option in item.hidden) >= SMALLEST
    for option in options:
        secret = [item for item in sets if item.is_secret(option)]
        if total.is_open(option) and secret and any(item.is_open(option) for item in sets):
            assert len(secret) >= 2
            assert sum(item.counts[option] for item in secret) >= SMALLEST
        elif not total.is_open(option):
            assert secret or all(item.counts[option] == 0 for item in sets)


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    parts = [ResultSet({"a": 5, "b": 0, "c": 9}, 14), ResultSet({"a": 6, "b": 7, "c": 8}, 21)]
    total = ResultSet({"a": 11, "b": 7, "c": 17}, 35)
    suppress(total, [parts], additive=True)
    assert not any(item.hidden or item.omitted for item in (total, *parts))


def test_a_set_of_a_few_people_is_not_published_and_cannot_be_subtracted() -> None:
    parts = [ResultSet({"a": 2, "b": 1}, 3), ResultSet({"a": 20, "b": 30}, 50), ResultSet({"a": 25, "b": 35}, 60)]
    total = ResultSet({"a": 47, "b": 66}, 113)
    suppress(total, [parts], additive=True)
    assert parts[0].omitted
    assert parts[1].hidden == {"a", "b"}  # 否则合计减去另外两圈就是那 3 个人
    assert not total.hidden
