"""What a clean package holds: for every table the SQL of each cell, as a function of the row's number from 0.

Everything is invented. Rows belong together by arithmetic alone (circle = row modulo number of circles …), so that any
row can be written without reading another one and every size of package comes from the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

DIVISION = "620602"
AS_OF = "2024-12-31"
COORDINATE_SYSTEM = "CGCS2000"

STREETS = (*range(1, 10), *range(100, 137))
"""Last three digits of the townships of the division; all of them are in the code list."""
CATEGORIES = (
    "convenience-store supermarket wet-market fresh-food-store breakfast-shop laundry hairdressing photo-print "
    "housekeeping repair shoe-repair key-cutting tailor pharmacy parcel-post recycling car-wash restaurant "
    "specialty-restaurant bakery bookstore fitness training flower-gift tea-coffee community-canteen"
)
SERVICES = "parcel bill-payment printing top-up order-pickup laundry-drop-off repair-drop-off recycling-drop-off"
CODES = 4_000
"""Different unified social credit codes in use."""

PROJECTS_OF_CIRCLE = 10
QUESTIONS, GROUPS, OPTIONS = 10, 10, 5
RESULTS_OF_SURVEY = QUESTIONS * GROUPS * OPTIONS
SPACING_LON, SPACING_LAT, GRID = 0.012, 0.01, 100
"""Circles stand on a grid about 1.1 km wide, so that none touches its neighbour."""
WEST, SOUTH = 102.0037, 37.4041
RADIUS_LON, RADIUS_LAT = 0.0057, 0.0045
"""Half axes of a circle's boundary in degrees: about 500 m."""

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Size:
    """Numbers of rows. `spare` rows at the end of a table have nothing that depends on them."""

    outlets: int
    circles: int
    spare: int = 0
    communities: int = 0
    categories: int = 0
    needs: int = 0
    projects: int = 0
    programmes: int = 0
    subsidies: int = 0
    surveys: int = 0
    translations: int = 0

    @property
    def rows(self) -> dict[str, int]:
        """Rows of every table of the package, its spare rows among them."""
        spare = {"circles", "projects", "programmes", "surveys"}
        rows = {name: getattr(self, name) for name in TABLES if hasattr(self, name)}
        rows["survey_questions"] = self.surveys * QUESTIONS
        rows["survey_results"] = self.surveys * RESULTS_OF_SURVEY
        full = {name: rows[name] + (self.spare if name in spare else 0) for name in TABLES if rows[name]}
        if "surveys" in full:
            full["survey_questions"] += 1 + 2 * self.spare
            full["survey_results"] += self.spare
        return full

    def used(self, table: str) -> int:
        """Return the number of rows of a table before its spare rows."""
        surveyed = {"survey_questions": QUESTIONS, "survey_results": RESULTS_OF_SURVEY}
        return self.surveys * surveyed[table] if table in surveyed else int(getattr(self, table))

    def spare_from(self, table: str) -> int:
        """Return the first row of a table on which nothing depends; the number of its rows when there is none."""
        return self.used(table) + (1 + self.spare if table == "survey_questions" else 0)


def outlets_size(outlets: int) -> Size:
    """Return the sizes of a package of outlets and their circles."""
    return Size(outlets=outlets, circles=max(1, outlets // 250), spare=60 if outlets >= 1_000 else 0)


def national_size(scale: float = 1.0) -> Size:
    """Return the sizes of the national package, or of a part of it."""
    circles = max(20, round(10_000 * scale))
    return Size(
        outlets=circles * 250,
        circles=circles,
        spare=max(60, circles // 50),
        communities=circles * 3,
        categories=5,
        needs=circles * 5,
        projects=circles * PROJECTS_OF_CIRCLE,
        programmes=max(5, circles // 10),
        subsidies=circles * PROJECTS_OF_CIRCLE * 2,
        surveys=circles,
        translations=min(circles, 1_000),
    )


def quoted(words: str) -> str:
    """Return a list literal of words."""
    return "[" + ", ".join(f"'{word}'" for word in words.split()) + "]"


def pick(words: str, number: str) -> str:
    """Return the SQL that takes one word by number."""
    return f"{quoted(words)}[1 + ({number}) % {len(words.split())}]"


def identifier(letter: str, number: str) -> str:
    """Return the SQL of an id."""
    return f"printf('{DIVISION}-{letter}%06d', ({number}) + 1)"


def street(circle: str) -> str:
    """Return the SQL of the township in which a circle lies."""
    choices = "[" + ", ".join(f"'{DIVISION}{number:03d}'" for number in STREETS) + "]"
    return f"{choices}[1 + ({circle}) % {len(STREETS)}]"


def uscc(number: str) -> str:
    """Return the SQL of a unified social credit code with the right check character; see `generate.define_codes`."""
    return f"getvariable('usccs')[1 + ({number}) % {CODES}]"


def degrees(start: float, spacing: float, place: str) -> str:
    """Return the SQL of a coordinate on the grid."""
    return f"({start} + {spacing} * ({place}))"


def centre(circle: str) -> tuple[str, str]:
    """Return the SQL of a circle's centre."""
    return (
        degrees(WEST, SPACING_LON, f"({circle}) % {GRID}"),
        degrees(SOUTH, SPACING_LAT, f"({circle}) // {GRID}"),
    )


def decimal(value: str, decimals: int = 2) -> str:
    """Return the SQL that writes a number with a fixed number of decimals."""
    return f"printf('%.{decimals}f', {value})"


def circles(i: str, size: Size) -> Cells:
    spare = f"({i}) >= {size.circles}"
    closed = f"({i}) = {size.circles}"
    lon, lat = centre(i)
    return {
        "circle_id": identifier("C", i),
        "name": f"'示例生活圈' || ({i})",
        "division_code": street(i),
        "status": f"case when {closed} then 'closed' when {spare} then 'planned' else 'accepted' end",
        "target_grade": "'quality'",
        "grade": f"case when {spare} then null else 'improved' end",
        "grade_basis": f"case when {spare} then null else 'accepted' end",
        "form": pick("clustered street distributed", i),
        "pilot_batch": "'2023-3'",
        "planned_completion": f"case when {spare} then '2025-12-31' else '2024-06-30' end",
        "completed_on": f"case when {spare} then null else '2024-03-31' end",
        "accepted_on": f"case when {spare} then null else '2024-05-31' end",
        "walking_minutes": "'15'",
        "area_m2": "'700000'",
        "longitude": f"case when {closed} then null else {decimal(lon, 4)} end",
        "latitude": f"case when {closed} then null else {decimal(lat, 4)} end",
        "population": f"18500 + ({i}) % 100",
        "population_60_plus": f"4200 + ({i}) % 50",
        "households": "'7100'",
        "commercial_floor_area_m2": "'42000'",
        "operator_name": f"'示例运营有限公司' || ({i})",
        "operator_uscc": uscc(i),
        "total_investment_yuan": "'6400000.00'",
        "social_investment_yuan": "'2400000.00'",
        "jobs": "'1250'",
        "updated_on": "'2024-12-25'",
    }


def outlets(i: str, size: Size) -> Cells:
    circle, place = f"({i}) % {size.circles}", f"({i}) // {size.circles}"
    # Rows that carry faults, and those above them, are never closed: see generate.spread.
    closed = f"({i}) % 4 = 3 and ({i}) * 7919 // 1000 % 12 = 0"
    lon, lat = centre(circle)
    branded = f"({i}) % 4 = 0"
    return {
        "outlet_id": identifier("O", i),
        "name": f"'示例便民店第' || (({i}) % 9973) || '号' || ({i})",
        "category": pick(CATEGORIES, place),
        "address": (
            f"case when ({i}) % 3 = 0 then '东大街' || (({i}) % 500) || '号, 一层, ' || (({i}) % 77) || '室' "
            f"else '西大街' || (({i}) % 900) || '号' end"
        ),
        "status": f"case when {closed} then 'closed' else 'open' end",
        "circle_id": identifier("C", circle),
        "other_circles": "null",
        "other_categories": "null",
        "services": f"case when ({i}) % 5 = 0 then {pick(SERVICES, i)} || ';' || {pick(SERVICES, f'({i}) + 1')} end",
        "brand": f"case when {branded} then '示例品牌' || (({i}) // 4 % 50) end",
        "chain": f"case when {branded} then 'chain' else 'independent' end",
        "operator_name": f"'示例商贸有限公司' || (({i}) % {CODES})",
        "operator_uscc": uscc(i),
        "division_code": street(circle),
        "longitude": decimal(f"{lon} + ((({place}) * 37) % 701 - 350) * 0.00001 + ({i}) % 10 * 0.000001", 6),
        "latitude": decimal(f"{lat} + ((({place}) * 61) % 501 - 250) * 0.00001", 6),
        "opening_hours": f"'Mo-Su 0' || (6 + ({i}) % 4) || ':00-2' || (({i}) % 3) || ':00'",
        "phone": f"'0935-22' || (10000 + ({i}) % 80000)",
        "opened_on": f"(date '2015-01-01' + (({i}) % 3000)::int)::varchar",
        "closed_on": f"case when {closed} then '2024-06-30' end",
        "floor_area_m2": f"(20 + ({i}) % 300) || '.5'",
        "staff_count": f"1 + ({i}) % 9",
        "mobility": "'fixed'",
        "accepts_cash": "'true'",
        "age_friendly": "'false'",
        "accessible": "'true'",
        "home_delivery": "'true'",
        "emergency_supply": "'false'",
        "verified_on": "'2024-11-30'",
        "source": "'街道现场核查'",
        **({"project_id": f"case when ({i}) < {size.projects} then {identifier('P', i)} end"} if size.projects else {}),
    }


def communities(i: str, size: Size) -> Cells:
    circle, part = f"({i}) % {size.circles}", f"({i}) // {size.circles}"
    serial = f"1 + 3 * (({circle}) // {len(STREETS)}) + ({part})"
    return {
        "circle_id": identifier("C", circle),
        "name": f"'示例社区' || ({i})",
        "community_code": f"{street(circle)} || lpad(({serial})::varchar, 3, '0')",
        "households": "'2300'",
        "population": f"case when ({part}) = 2 then 6500 + ({circle}) % 100 else 6000 end",
    }


def categories(i: str, size: Size) -> Cells:
    del size
    return {
        "category": pick("noodle-restaurant dumpling-shop oil-mill tofu-shop grain-shop", i),
        "name": pick("牛肉面馆 饺子馆 油坊 豆腐坊 粮油店", i),
        "parent": pick("specialty-restaurant specialty-restaurant other-retail other-retail other-retail", i),
        "class": "null",
    }


def needs(i: str, size: Size) -> Cells:
    return {
        "need_id": identifier("N", i),
        "circle_id": identifier("C", f"({i}) % {size.circles}"),
        "description": f"'附近缺少便民服务点，第' || ({i}) || '条'",
        "category": pick(CATEGORIES, i),
        "mentions": f"5 + ({i}) % 60",
        "status": "'met'",
        "project_id": identifier("P", i),
    }


def projects(i: str, size: Size) -> Cells:
    cancelled, building = f"({i}) = {size.projects}", f"({i}) = {size.projects + 1}"
    return {
        "project_id": identifier("P", i),
        "name": f"'示例改造项目' || ({i})",
        "status": f"case when {cancelled} then 'cancelled' when {building} then 'building' else 'accepted' end",
        "circle_id": identifier("C", f"({i}) % {size.circles}"),
        "kind": "'upgrade'",
        "category": pick(CATEGORIES, i),
        "owner_name": f"'示例商业有限公司' || (({i}) % {CODES})",
        "owner_uscc": uscc(i),
        "planned_investment_yuan": "'500000.00'",
        "actual_investment_yuan": "'420000.00'",
        "social_investment_yuan": "'200000.00'",
        "started_on": "'2024-04-10'",
        "completed_on": f"case when {cancelled} or {building} then null else '2024-09-20' end",
    }


def programmes(i: str, size: Size) -> Cells:
    del size
    return {
        "programme_id": identifier("F", i),
        "name": f"'示例补助办法' || ({i})",
        "issuer": "'示例区商务局'",
        "rule_version": "'2024-1'",
        "subject": "'便民服务点改造'",
        "document_number": f"'示商发〔2024〕' || (({i}) + 1) || '号'",
        "valid_from": "'2024-01-01'",
        "valid_to": "'2025-12-31'",
        "rate": "'0.25'",
        "cap_yuan": "'150000.00'",
        "floor_investment_yuan": "'50000.00'",
        "budget_yuan": "'90000000.00'",
        "eligible_costs": "'基础设施提升;公共服务建设'",
    }


def subsidies(i: str, size: Size) -> Cells:
    project = f"({i}) // 2"
    return {
        "subsidy_id": identifier("G", i),
        "programme_id": identifier("F", f"({project}) % {size.programmes}"),
        "recipient_name": f"'示例商业有限公司' || (({project}) % {CODES})",
        "status": "'paid'",
        "project_id": identifier("P", project),
        "circle_id": identifier("C", f"({project}) % {size.circles}"),
        "recipient_uscc": uscc(project),
        "funding_level": pick("central provincial", i),
        "applied_on": "'2024-02-01'",
        "eligible_investment_yuan": "'400000.00'",
        "rate": "'0.25'",
        "awarded_yuan": "'100000.00'",
        "publicity_from": "'2024-03-01'",
        "publicity_to": "'2024-03-07'",
        "awarded_on": "'2024-03-15'",
        "accepted_on": "'2024-10-15'",
        "disbursed_yuan": "'100000.00'",
        "disbursed_on": "'2024-11-20'",
    }


def surveys(i: str, size: Size) -> Cells:
    spare = f"({i}) >= {size.surveys}"
    return {
        "survey_id": identifier("S", i),
        "kind": f"case when {spare} then 'needs' else 'satisfaction' end",
        "started_on": "'2024-09-01'",
        "ended_on": "'2024-09-30'",
        "responses": "'1260'",
        "circle_id": identifier("C", f"({i}) % {size.circles}"),
        "instrument": "'示例满意度调查表'",
        "mode": "'online'",
        "population": "'18500'",
        "invited": "'3000'",
        "organizer": "'示例区商务局'",
    }


def survey_questions(i: str, size: Size) -> Cells:
    used = size.surveys * QUESTIONS
    spare, place = f"({i}) >= {used}", f"(({i}) - {used})"
    # After the questions of the surveys: one in free text, one for every spare survey, one more that nobody answers.
    answered = f"{place} <= {size.spare}"
    survey = (
        f"case when not {spare} then ({i}) // {QUESTIONS} when {place} = 0 then {size.surveys} "
        f"else {size.surveys} + ({place} - 1) % {max(size.spare, 1)} end"
    )
    number = (
        f"case when not {spare} then ({i}) % {QUESTIONS} + 1 when {place} = 0 then 2 when {answered} then 1 else 3 end"
    )
    topic = (
        f"case when {spare} then 'repair' when ({i}) % {QUESTIONS} = 0 then 'overall' else {pick(CATEGORIES, i)} end"
    )
    return {
        "survey_id": identifier("S", survey),
        "question_id": f"'q' || ({number})",
        "text": f"'第' || ({number}) || '题：您满意吗？'",
        "type": f"case when not {spare} then 'likert5' when {place} = 0 then 'text' else 'multiple' end",
        "topic": topic,
    }


def survey_results(i: str, size: Size) -> Cells:
    used = size.surveys * RESULTS_OF_SURVEY
    spare = f"({i}) >= {used}"
    option, group = f"({i}) % {OPTIONS}", f"({i}) // {OPTIONS} % {GROUPS}"
    total = f"({group}) = 0"
    survey = f"case when {spare} then ({i}) - {used} + {size.surveys} else ({i}) // {RESULTS_OF_SURVEY} end"
    # In the last group two small cells are withheld: always two, since one alone could be worked out.
    withheld = f"({group}) = {GROUPS - 1}"
    counts = (
        f"case when {total} then [60, 80, 100, 160, 200] when {withheld} then [0, 0, 9, 12, 20] "
        f"else [5, 8, 9, 12, 16] end[1 + {option}]"
    )
    return {
        "survey_id": identifier("S", survey),
        "question_id": f"case when {spare} then 'q1' else 'q' || (({i}) // {OPTIONS * GROUPS} % {QUESTIONS} + 1) end",
        "option": f"case when {spare} then '业态' || ({i}) else (({option}) + 1)::varchar end",
        "count": f"case when {spare} then 20 else {counts} end",
        "base": f"case when {spare} then 25 when {total} then 600 else 50 end",
        "circle_id": identifier("C", f"({survey}) % {size.circles}"),
        "group": f"case when {spare} or {total} then null else '年龄组' || ({group}) end",
        "suppressed": f"case when not {spare} and {withheld} and {option} < 2 then 'true' else 'false' end",
    }


def translations(i: str, size: Size) -> Cells:
    del size
    return {
        "table": "'circles'",
        "id": identifier("C", i),
        "field": "'name'",
        "language": "'en'",
        "text": f"'Example circle ' || ({i})",
    }


TABLES: Mapping[str, Callable[[str, Size], Cells]] = {
    "circles": circles,
    "communities": communities,
    "outlets": outlets,
    "categories": categories,
    "surveys": surveys,
    "survey_questions": survey_questions,
    "survey_results": survey_results,
    "needs": needs,
    "projects": projects,
    "programmes": programmes,
    "subsidies": subsidies,
    "translations": translations,
}
