"""The faults that can be seeded: each changes the cells of one row, and says which findings must follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.tables import Size

NULL = "null"


@dataclass(frozen=True)
class Fault:
    """One kind of fault.

    `rule`: name of the rule that must find it. `changes`: column to the SQL of its new cell, where `old.<column>` is
    the clean cell of the same row, `before.<column>` that of the row above (`before_but_one`: two above,
    `round_before`: as many rows above as there are circles), `size.<table>` a number of rows and `i` the row's number;
    a column that the table lacks is passed over. `column`: the cell pointed to; None takes the first of the rule's
    columns. `spare`: only rows on which nothing depends may carry it. `also`: further findings, as rule, column and
    rows apart, where one fault rightly breaks two rules. `shift`: rows to move from where the fault would stand.
    `apart`: rows from the changed row to the one pointed to. `needs`: numbers of the size that must not be 0.
    """

    rule: str
    changes: Mapping[str, str]
    column: str | None = None
    spare: bool = False
    also: Sequence[tuple[str, str, int]] = ()
    shift: int = 0
    apart: int = 0
    needs: Sequence[str] = ()

    def fits(self, size: Size) -> bool:
        """Whether a package of that size has what the fault points to."""
        return all(getattr(size, name) for name in self.needs)


def text(value: str) -> str:
    """Return a text literal."""
    return "'" + value.replace("'", "''") + "'"


def cell(rule: str, column: str, value: str, *, spare: bool = False) -> Fault:
    """Return a fault of one cell that is pointed to itself; `value` is the text that it gets."""
    return Fault(rule, {column: text(value)}, column, spare)


def copied(rule: str, columns: str, *, spare: bool = False) -> Fault:
    """Return a fault that repeats cells of the row above; the finding is on the first of them."""
    names = columns.split()
    return Fault(rule, {name: f"before.{name}" for name in names}, names[0], spare)


def degrees(value: float, apart: float = 0.000001) -> str:
    """Return a coordinate near `value` that hardly any other row has: several at one point are a fault of their own."""
    return f"printf('%.6f', {value} + i % 997 * {apart:f})"


WRONG_DIGIT = "substr(old.{0}, 1, 17) || case when substr(old.{0}, 18) = '0' then '1' else '0' end"
"""A unified social credit code with another check character."""

AWAY = ("centre-away-from-shape", "longitude", 0)
SHAPE = ("area-differs-from-shape", "area_m2", 0)

CIRCLES = [
    cell("required-empty", "name", ""),
    cell("not-an-integer", "population", "18500.0"),
    cell("not-a-number", "area_m2", "70万"),
    cell("not-a-date", "updated_on", "2024/12/25"),
    cell("code-unknown", "form", "组团式"),
    cell("pattern-mismatch", "division_code", "62060200"),
    cell("below-minimum", "jobs", "-1"),
    cell("above-maximum", "longitude", "181"),
    cell("too-many-decimals", "total_investment_yuan", "6400000.001"),
    Fault(
        "primary-key-duplicate",
        {"circle_id": "before.circle_id", "longitude": NULL, "latitude": NULL},
        "circle_id",
        spare=True,
    ),
    Fault(
        "id-prefix",
        {"circle_id": "printf('110101-C%06d', i + 1)", "status": "'closed'"},
        "circle_id",
        spare=True,
    ),
    Fault("null-island", {"longitude": "'0'", "latitude": "'0.0'"}, "longitude"),
    Fault("outside-division", {"longitude": degrees(116, 0.001), "latitude": "'39.9042'"}, "longitude", also=[AWAY]),
    Fault("coordinate-half", {"longitude": NULL}, "longitude"),
    Fault("centre-away-from-shape", {"longitude": degrees(101.7, 0.001), "latitude": "'38.5555'"}),
    Fault("circle-centres-coincide", {"longitude": "before.longitude", "latitude": "before.latitude"}, also=[AWAY]),
    Fault("area-differs-from-shape", {"area_m2": "'1000000'"}),
    Fault("area-too-large", {"area_m2": "'7100001'"}, also=[SHAPE]),
    Fault(
        "circle-area-implausible",
        {"area_m2": "'9999'", "population": "'1400'", "population_60_plus": "'300'"},
        also=[SHAPE, ("circle-population-not-its-communities", "population", 0)],
    ),
    Fault("resident-id", {"name": "old.name || ' 620602199003070015'"}, "name"),
    Fault("resident-id-as-uscc", {"operator_uscc": "'620602199003070015'"}, "operator_uscc"),
    cell("division-unknown", "division_code", "990101001"),
    cell("division-outside-package", "division_code", "110101001"),
    Fault(
        "division-abolished",
        {"division_code": "'330103001'"},
        "division_code",
        also=[("division-outside-package", "division_code", 0)],
    ),
    cell("township-unknown", "division_code", "620602999"),
    cell("circle-township-missing", "division_code", "620602"),
    Fault("uscc-check-digit", {"operator_uscc": WRONG_DIGIT.format("operator_uscc")}, "operator_uscc"),
    Fault("circle-accepted-before-completed", {"completed_on": "'2024-06-01'"}),
    Fault(
        "circle-completion-date-missing",
        {"status": "'built'", "completed_on": NULL, "accepted_on": NULL, "grade_basis": "'self-assessed'"},
    ),
    Fault("circle-acceptance-date-missing", {"accepted_on": NULL}),
    Fault(
        "circle-completed-but-status-behind",
        {
            "completed_on": "'2024-12-31'",
            "planned_completion": "'2025-12-31'",
            "status": "'building'",
            "accepted_on": NULL,
            "grade": NULL,
            "grade_basis": NULL,
        },
    ),
    Fault("circle-accepted-but-status-behind", {"status": "'built'", "grade_basis": "'self-assessed'"}),
    Fault("circle-date-in-future", {"updated_on": "'2025-01-01'"}, "updated_on"),
    Fault("circle-grade-without-basis", {"grade_basis": NULL}),
    Fault("circle-grade-missing", {"grade": NULL, "grade_basis": NULL}),
    Fault("circle-population-missing", {"population": NULL}),
    Fault(
        "circle-population-unusual",
        {"population": "'200001'", "area_m2": "'2000000'"},
        also=[("circle-population-not-its-communities", "population", 0), SHAPE],
    ),
    Fault(
        "circle-density-implausible",
        {"population": "'105001'"},
        also=[("circle-population-not-its-communities", "population", 0)],
    ),
    Fault(
        "circle-never-surveyed",
        {"status": "'accepted'", "completed_on": "'2024-03-31'", "accepted_on": "'2024-05-31'"},
        spare=True,
        also=[
            ("circle-without-outlets", "circle_id", 0),
            ("circle-communities-missing", "circle_id", 0),
            ("circle-grade-missing", "grade", 0),
        ],
        needs=["surveys"],
    ),
    Fault("circle-grade-accepted-too-early", {"status": "'built'", "accepted_on": NULL}),
    Fault("circle-social-over-total", {"social_investment_yuan": "'6400000.01'"}),
    Fault("circle-elderly-over-population", {"population_60_plus": "'18700'"}),
    Fault("circle-population-not-its-communities", {"population": "'30000'"}),
    Fault("circle-walk-too-long", {"walking_minutes": "'16'"}),
    Fault("circle-amount-like-wan", {"total_investment_yuan": "'640'", "social_investment_yuan": "'240'"}, spare=True),
    Fault("circle-investment-below-projects", {"total_investment_yuan": "'2500000'"}),
    Fault(
        "circle-without-outlets",
        {"status": "'built'", "completed_on": "'2024-03-31'"},
        spare=True,
        also=[("circle-communities-missing", "circle_id", 0)],
    ),
    Fault("circle-overdue", {"planned_completion": "'2024-06-30'"}, spare=True),
]

PLACE = ("name", "address", "circle_id", "division_code", "longitude", "latitude")
OUTLETS = [
    cell("required-empty", "name", ""),
    cell("not-an-integer", "staff_count", "1e1"),
    cell("not-a-number", "floor_area_m2", "85平方米"),
    cell("not-a-date", "opened_on", "2020-2-30"),
    cell("not-a-boolean", "accepts_cash", "是"),
    cell("code-unknown", "mobility", "shop"),
    cell("code-unknown", "services", "parcel;haircut"),
    cell("list-malformed", "services", "parcel;;printing"),
    cell("pattern-mismatch", "outlet_id", "620602-X000001"),
    cell("pattern-mismatch", "phone", "见门口"),
    cell("below-minimum", "floor_area_m2", "-0.5"),
    cell("above-maximum", "latitude", "90.000001"),
    cell("text-too-long", "source", "长" * 201),
    copied("primary-key-duplicate", "outlet_id"),
    Fault("foreign-key-missing", {"circle_id": "'620602-C999999'", "project_id": NULL}, "circle_id"),
    Fault(
        "outlet-closed-before-opened", {"status": "'closed'", "opened_on": "'2024-06-02'", "closed_on": "'2024-06-01'"}
    ),
    Fault("outlet-closing-date-missing", {"status": "'closed'", "closed_on": NULL}),
    Fault("outlet-closed-but-status-open", {"closed_on": "'2024-12-30'"}),
    Fault("outlet-opened-but-status-planned", {"status": "'planned'"}),
    Fault(
        "outlet-duplicate",
        {name: f"before.{name}" for name in PLACE} | {"project_id": NULL},
    ),
    Fault("outlet-chain-brand-independent", {"brand": "'示例品牌1'", "chain": "'independent'"}),
    Fault("outlet-mobile-with-shop-area", {"mobility": "'mobile'", "floor_area_m2": "'50.5'"}),
    Fault("outlet-floor-area-implausible", {"floor_area_m2": "'50000.5'"}),
    Fault("outlet-staff-implausible", {"staff_count": "'1001'"}),
    Fault("spaces-around", {"name": "' ' || old.name"}, "name"),
    Fault("control-character", {"name": "old.name || chr(9) || '店'"}, "name"),
    Fault("full-width-characters", {"name": "old.name || 'Ａ'"}, "name"),
    Fault("text-garbled", {"name": "old.name || '锟斤拷'"}, "name"),
    cell("placeholder-text", "operator_name", "暂无"),
    cell("spreadsheet-error", "operator_name", "#N/A"),
    cell("formula-like-text", "operator_name", "=A1"),
    cell("opening-hours-unreadable", "opening_hours", "周一至周日8点"),
    Fault("id-prefix", {"outlet_id": "printf('110101-O%06d', i + 1)"}, "outlet_id"),
    cell("category-unknown", "category", "no-such-kind"),
    cell("list-reference-unknown", "other_circles", "620602-C888888"),
    cell("list-category-unknown", "other_categories", "elderly-care;no-such-kind"),
    Fault("other-circle-is-own", {"other_circles": "old.circle_id"}),
    Fault("other-category-is-own", {"other_categories": "'elderly-care;' || old.category"}),
    cell("division-unknown", "division_code", "990101"),
    cell("division-outside-package", "division_code", "110101"),
    Fault("uscc-check-digit", {"operator_uscc": WRONG_DIGIT.format("operator_uscc")}, "operator_uscc"),
    Fault("null-island", {"longitude": degrees(0), "latitude": "'0'"}, "longitude"),
    Fault("outside-china", {"longitude": degrees(10.5), "latitude": "'60.55555'"}, "longitude"),
    Fault(
        "outside-division",
        {"longitude": degrees(116.4), "latitude": "'39.90422'", "circle_id": NULL},
        "longitude",
    ),
    Fault("coordinate-half", {"latitude": NULL}, "latitude"),
    Fault(
        "axes-swapped",
        {"longitude": "old.latitude", "latitude": "old.longitude"},
        "longitude",
    ),
    Fault(
        "coordinate-coarse",
        {
            "longitude": "printf('102.%02d', i // 7 % 90 + 10)",
            "latitude": "printf('37.%02d', i // 631 % 90 + 10)",
            "circle_id": NULL,
        },
        "longitude",
    ),
    Fault("outlet-outside-own-circle", {"latitude": "'38.88888'"}),
    Fault("resident-id", {"name": "old.name || ' 620602199003070015'"}, "name"),
    Fault("resident-id-as-uscc", {"operator_uscc": "'620602199003070015'"}, "operator_uscc"),
    cell("bank-card", "source", "卡号6222020000001234566"),
    Fault("mobile-number", {"address": "old.address || '，电话13800138000'"}, "address"),
    cell("e-mail-address", "source", "来自a@example.cn"),
    cell("ip-address", "source", "来自10.1.2.3"),
    cell("person-as-operator", "operator_name", "王小明"),
    Fault("outlet-date-in-future", {"verified_on": "'2025-01-01'"}, "verified_on"),
    Fault(
        "outlet-in-closed-circle",
        {"circle_id": "printf('620602-C%06d', size.circles + 1)", "project_id": NULL},
        needs=["spare"],
    ),
    Fault(
        "outlet-project-elsewhere",
        {"project_id": "printf('620602-P%06d', (i + 1) % size.projects + 1)"},
        needs=["projects"],
    ),
    Fault("outlet-coordinates-missing", {"longitude": NULL, "latitude": NULL}),
    Fault("outlet-address-missing", {"address": NULL}),
    Fault(
        "outlet-place-missing",
        {"address": NULL, "longitude": NULL, "latitude": NULL},
        also=[("outlet-coordinates-missing", "longitude", 0)],
    ),
    Fault("outlet-opening-hours-missing", {"opening_hours": NULL}),
    Fault("outlet-chain-missing", {"chain": NULL}),
    Fault("outlet-chain-brand-missing", {"brand": NULL, "chain": "'franchise'"}),
    Fault("outlet-emergency-phone-missing", {"emergency_supply": "'true'", "phone": NULL}),
    Fault("outlet-verified-long-ago", {"verified_on": "'2022-12-31'"}),
]

COMMUNITIES = [
    cell("required-empty", "name", ""),
    cell("not-an-integer", "households", "两千"),
    cell("pattern-mismatch", "community_code", "62060200100"),
    Fault("community-code-twice-in-circle", {"community_code": "round_before.community_code"}),
    Fault(
        "community-counted-twice",
        {"community_code": "before.community_code", "population": "before.population"},
        also=[("community-in-two-circles", "community_code", 0)],
    ),
    Fault("community-in-two-circles", {"community_code": "before.community_code", "population": "'6600'"}),
]

NEEDS = [
    cell("required-empty", "description", ""),
    cell("not-an-integer", "mentions", "约五十"),
    cell("code-unknown", "status", "done"),
    copied("primary-key-duplicate", "need_id"),
    cell("foreign-key-missing", "project_id", "620602-P999999999"),
    Fault("need-without-project", {"project_id": NULL}),
    Fault("need-status-behind-project", {"status": "'open'"}),
    Fault(
        "need-met-project-unfinished",
        {
            "project_id": "printf('620602-P%06d', size.projects + 2)",
            "circle_id": "printf('620602-C%06d', (size.projects + 1) % size.circles + 1)",
        },
    ),
    Fault("need-category-missing", {"category": NULL, "status": "'planned'"}),
]

PROJECTS = [
    cell("required-empty", "name", "", spare=True),
    cell("not-a-date", "started_on", "2024年4月10日"),
    cell("not-a-number", "planned_investment_yuan", "50万", spare=True),
    cell("code-unknown", "kind", "改造"),
    cell("too-many-decimals", "social_investment_yuan", "200000.005"),
    copied("primary-key-duplicate", "project_id", spare=True),
    cell("foreign-key-missing", "circle_id", "620602-C999999", spare=True),
    Fault("project-completed-before-started", {"completed_on": "'2024-04-09'"}),
    Fault("project-completion-date-missing", {"completed_on": NULL}),
    Fault("project-completed-but-status-behind", {"status": "'building'"}, spare=True),
    Fault("project-started-but-status-approved", {"status": "'approved'", "completed_on": NULL}, spare=True),
    Fault("project-social-over-actual", {"social_investment_yuan": "'420000.01'"}),
    Fault("project-planned-like-wan", {"planned_investment_yuan": "'50'"}, spare=True),
    Fault("project-actual-like-wan", {"actual_investment_yuan": "'42'", "social_investment_yuan": "'20'"}, spare=True),
    Fault("project-date-in-future", {"completed_on": "'2025-01-01'"}, "completed_on"),
    Fault("project-start-missing", {"started_on": NULL}),
    Fault("project-actual-investment-missing", {"actual_investment_yuan": NULL}, spare=True),
]

PROGRAMMES = [
    cell("required-empty", "issuer", "", spare=True),
    cell("above-maximum", "rate", "25", spare=True),
    cell("list-malformed", "eligible_costs", "基础设施提升; 公共服务建设"),
    copied("primary-key-duplicate", "programme_id", spare=True),
    Fault("programme-ends-before-start", {"valid_from": "'2024-01-02'", "valid_to": "'2024-01-01'"}, spare=True),
    Fault("programme-cap-like-wan", {"cap_yuan": "'15'"}, spare=True),
    Fault("programme-over-budget", {"budget_yuan": "'150000'"}),
    Fault("programme-document-number-missing", {"document_number": NULL}),
]

SUBSIDIES = [
    cell("required-empty", "recipient_name", ""),
    cell("not-a-number", "eligible_investment_yuan", "40万元"),
    cell("not-a-date", "applied_on", "20240201"),
    cell("code-unknown", "funding_level", "省级"),
    cell("above-maximum", "rate", "1.25"),
    cell("below-minimum", "disbursed_yuan", "-100000"),
    cell("too-many-decimals", "awarded_yuan", "99999.999"),
    copied("primary-key-duplicate", "subsidy_id"),
    cell("foreign-key-missing", "programme_id", "620602-F999999999"),
    Fault("subsidy-over-cap", {"awarded_yuan": "'100000.02'"}),
    Fault("subsidy-rate-over-programme", {"rate": "'0.26'"}),
    Fault(
        "subsidy-below-floor",
        {
            "eligible_investment_yuan": "'49999'",
            "awarded_yuan": "'10000'",
            "disbursed_yuan": "'10000'",
            "project_id": NULL,
        },
    ),
    Fault("subsidy-outside-programme-period", {"applied_on": "'2023-12-31'"}),
    Fault(
        "subsidy-amount-like-wan",
        {"eligible_investment_yuan": "'40'", "awarded_yuan": "'10'", "disbursed_yuan": "'10'", "project_id": NULL},
        also=[("subsidy-below-floor", "eligible_investment_yuan", 0)],
    ),
    Fault("subsidy-publicity-missing", {"publicity_from": NULL}),
    Fault("subsidy-publicity-end-missing", {"publicity_to": NULL}),
    Fault("subsidy-publicity-reversed", {"publicity_to": "'2024-02-29'"}),
    Fault("subsidy-publicity-before-application", {"publicity_from": "'2024-01-31'"}),
    Fault("subsidy-award-before-publicity-end", {"awarded_on": "'2024-03-06'"}),
    Fault("subsidy-acceptance-before-award", {"accepted_on": "'2024-03-14'"}),
    Fault("subsidy-payment-before-award", {"disbursed_on": "'2024-03-14'", "accepted_on": NULL}),
    Fault("subsidy-payment-before-acceptance", {"disbursed_on": "'2024-10-14'"}),
    Fault("subsidy-award-date-missing", {"awarded_on": NULL}),
    Fault("subsidy-award-amount-missing", {"awarded_yuan": NULL}),
    Fault("subsidy-acceptance-date-missing", {"status": "'audited'", "accepted_on": NULL}),
    Fault("subsidy-payment-date-missing", {"disbursed_on": NULL}),
    Fault("subsidy-paid-without-amount", {"disbursed_yuan": "'0'"}),
    Fault(
        "subsidy-awarded-but-status-behind",
        {"status": "'publicised'", "disbursed_yuan": NULL, "disbursed_on": NULL, "accepted_on": NULL},
    ),
    Fault(
        "subsidy-paid-without-award",
        {
            "status": "'reviewed'",
            "awarded_on": NULL,
            "awarded_yuan": NULL,
            "accepted_on": NULL,
            "publicity_from": NULL,
            "publicity_to": NULL,
        },
    ),
    Fault("subsidy-paid-though-ended", {"status": "'withdrawn'"}),
    Fault("subsidy-paid-over-award", {"disbursed_yuan": "'100000.01'"}),
    Fault(
        "subsidy-award-before-application",
        {"applied_on": "'2024-03-20'"},
        also=[("subsidy-publicity-before-application", "publicity_from", 0)],
    ),
    Fault("subsidy-date-in-future", {"disbursed_on": "'2025-01-01'"}, "disbursed_on"),
    Fault("subsidy-project-twice-at-level", {"funding_level": "before.funding_level"}),
    Fault(
        "subsidy-project-over-investment", {"awarded_yuan": "'350000'"}, also=[("subsidy-over-cap", "awarded_yuan", 0)]
    ),
    # Its amount is left out, since all grants of the one cancelled project together would be more than was invested.
    Fault(
        "subsidy-of-cancelled-project",
        {
            "project_id": "printf('620602-P%06d', size.projects + 1)",
            "circle_id": NULL,
            "recipient_uscc": NULL,
            "funding_level": NULL,
            "eligible_investment_yuan": NULL,
        },
    ),
    Fault("subsidy-eligible-over-project", {"eligible_investment_yuan": "'500000.01'"}),
    Fault("subsidy-recipient-not-owner", {"recipient_uscc": "before_but_one.recipient_uscc"}),
    Fault("subsidy-project-elsewhere", {"circle_id": "before_but_one.circle_id"}),
    Fault("subsidy-without-target", {"project_id": NULL, "circle_id": NULL}),
]

SURVEYS = [
    cell("required-empty", "started_on", "", spare=True),
    cell("not-an-integer", "invited", "3,000"),
    cell("code-unknown", "mode", "线上"),
    Fault("survey-ended-before-started", {"ended_on": "'2024-08-31'"}),
    Fault("survey-responses-over-invited", {"invited": "'1259'"}),
    Fault("survey-invited-over-population", {"population": "'2999'"}),
    Fault("survey-responses-over-population", {"invited": NULL, "population": "'1259'"}),
    Fault("survey-without-overall-question", {"kind": "'satisfaction'"}, spare=True),
    Fault(
        "survey-answers-few",
        {"kind": "'satisfaction'", "responses": "'29'"},
        spare=True,
        also=[("survey-without-overall-question", "kind", 0)],
    ),
    Fault("survey-date-in-future", {"ended_on": "'2025-01-01'"}, "ended_on"),
    Fault("survey-invited-missing", {"invited": NULL, "mode": "'paper'"}),
]

SURVEY_QUESTIONS = [
    cell("required-empty", "text", ""),
    cell("code-unknown", "type", "量表", spare=True),
    copied("primary-key-duplicate", "survey_id question_id", spare=True),
    Fault("survey-overall-question-twice", {"topic": "'overall'"}),
    Fault("survey-overall-question-not-a-scale", {"type": "'single'"}, shift=-1),
]

_SUM = "result-counts-not-base"
"""Where a row leaves its set of options, the others no longer add up; that is said of the first of them."""
# A block of 50 rows is one question: rows 0–4 are the options for all people, 5–9 those of the first group, …
SURVEY_RESULTS = [
    Fault("required-empty", {"count": NULL}, "count"),
    Fault("not-an-integer", {"base": "'五十'"}, "base", shift=7),
    Fault("not-a-boolean", {"suppressed": "'否'"}, "suppressed"),
    Fault("below-minimum", {"count": "'-5'"}, "count", shift=5),
    Fault("text-too-long", {"option": "repeat('选', 201)"}, "option", shift=8),
    Fault("foreign-key-missing", {"question_id": "'q99'"}, "question_id", shift=7, also=[(_SUM, "count", -2)]),
    Fault("survey-cell-small", {"count": "'4'"}, shift=5, also=[(_SUM, "count", 0)]),
    Fault("suppressed-count-shown", {"suppressed": "'true'"}, shift=9),
    Fault("survey-cell-recoverable", {"suppressed": "'false'", "count": "'6'"}, shift=46, apart=-1),
    Fault("survey-cells-sum-small", {"count": "'26'"}, shift=49, apart=-4),
    Fault(
        "survey-base-small",
        {"base": "'4'"},
        shift=9,
        also=[("result-base-differs", "base", 0), ("result-count-over-base", "count", 0)],
    ),
    Fault("result-duplicate", {"option": "before.option"}, shift=9),
    Fault("result-option-unfit", {"option": "'6'"}, shift=9),
    Fault(
        "result-of-text-question",
        {
            "survey_id": "printf('620602-S%06d', size.surveys + 1)",
            "question_id": "'q2'",
            "circle_id": NULL,
            "group": "'组' || i",
        },
        shift=8,
        also=[(_SUM, "count", -3)],
    ),
    Fault("result-count-over-base", {"count": "'51'"}, shift=9),
    Fault("result-base-differs", {"base": "'60'"}, shift=6),
    Fault(_SUM, {"count": "'6'"}, shift=5),
    Fault("result-base-over-responses", {"base": "'1261'"}, shift=1, also=[("result-base-differs", "base", 0)]),
    Fault(
        "result-circle-not-of-survey",
        {"circle_id": "printf('620602-C%06d', (i // 500 + 1) % size.circles + 1)"},
        shift=7,
        also=[(_SUM, "count", -2), (_SUM, "count", 0)],
    ),
    Fault("result-base-differs", {"base": "'601'"}, shift=9, also=[("result-group-over-total", "base", -4)]),
]

TRANSLATIONS = [
    cell("required-empty", "text", ""),
    cell("pattern-mismatch", "language", "English"),
    cell("language-tag", "language", "cn"),
    Fault("translation-target-missing", {"id": "printf('620602-C8%05d', i)"}, "id"),
    copied("primary-key-duplicate", "table id field language"),
]

CATEGORIES = [cell("category-redefined", "category", "laundry")]

FAULTS: Mapping[str, Sequence[Fault]] = {
    "circles": CIRCLES,
    "communities": COMMUNITIES,
    "outlets": OUTLETS,
    "categories": CATEGORIES,
    "surveys": SURVEYS,
    "survey_questions": SURVEY_QUESTIONS,
    "survey_results": SURVEY_RESULTS,
    "needs": NEEDS,
    "projects": PROJECTS,
    "programmes": PROGRAMMES,
    "subsidies": SUBSIDIES,
    "translations": TRANSLATIONS,
}
"""The faults of every table, in the order in which the rows get them."""

NOT_SEEDED: Mapping[str, str] = {
    "target-table-missing": "No row shows it: a whole table would have to be taken away.",
    "package-division-unknown": "It is about the descriptor; with another division every id would be wrong.",
    "division-not-yet": "The list has no division that begins after the day of the package.",
    "response-value-unfit": "Single answers belong to the profile exchange; the package is open.",
    "survey-responses-fewer-than-listed": "Single answers belong to the profile exchange; the package is open.",
    "survey-responses-open": "A whole table in the wrong profile.",
    "personal-field-open": "Its only field is in the table of single answers.",
    "survey-cell-recoverable-from-total": "Needs a total over circles and all parts but one.",
    "survey-without-results": "The results of a survey would have to be taken away.",
    "many-outlets-at-one-point": "Ten rows have to be changed together.",
    "circle-outlets-few": "Most outlets of a circle would have to be taken away.",
    "grade-without-categories": "Most outlets of a circle would have to be taken away.",
    "outlet-far-from-centre": "It speaks only where circles have no boundary; here they have.",
    "coordinate-system-differs": "All places are wrong together or none.",
    "boundary-system-differs": "All places are wrong together or none.",
    "shape-invalid": "In circles.geojson, not in a row.",
    "shape-without-circle": "In circles.geojson, not in a row.",
    "circle-without-shape": "In circles.geojson, not in a row.",
    "circles-overlap": "In circles.geojson, not in a row.",
    "shape-twice": "In circles.geojson, not in a row.",
    "shape-too-large": "In circles.geojson, not in a row.",
    "shape-outside-china": "In circles.geojson, not in a row.",
}
"""Rules that one changed row cannot break, with the reason; those on the file's structure are in `structural`."""
