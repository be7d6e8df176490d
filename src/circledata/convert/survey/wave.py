"""Writes one survey into a draft: its record, its questions, its counts, its single answers, and what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from circledata.convert.model import ConversionError, Draft, SourceRow, SourceTable
from circledata.convert.options import ConvertOptions
from circledata.convert.survey.answers import NoAnswer
from circledata.convert.survey.counts import Division, count_all
from circledata.convert.survey.headers import Headings
from circledata.convert.survey.notebook import LONGEST_TEXT, Notebook
from circledata.convert.survey.options import SurveyOptions
from circledata.convert.survey.questions import Question, understand
from circledata.convert.survey.rows import day_of
from circledata.convert.survey.suppress import SMALLEST
from circledata.convert.survey.units import Unit, named, not_named
from circledata.standard import Standard
from circledata.standard.model import Text
from circledata.values.text import clean, half_width

_LONGEST_TITLE = 200


class Wave:
    """One survey with all that is known of it."""

    def __init__(
        self,
        draft: Draft,
        table: SourceTable,
        headings: Headings,
        rows: Sequence[SourceRow],
        standard: Standard,
        options: ConvertOptions,
        survey: SurveyOptions,
    ) -> None:
        """`table`: the first table of the survey, whose heading is the source of the questions."""
        self.draft, self.table, self.headings, self.rows = draft, table, headings, rows
        self.standard, self.options, self.survey = standard, options, survey
        self.id = options.ids.new("surveys")
        self.notes = Notebook(draft, table, self.id)

    def write(self, units: Sequence[Unit], *, single: bool) -> None:
        """Write the survey. `single`: it is the only one, so a question that an option names must be there."""
        self.single = single
        forced = self._by_id(units, "types")
        questions = [item for item in understand(units, self.survey, forced) if item.unit.answered or item.options]
        self.notes.decide("question-empty", len(units) - len(questions))
        self._topics(questions)
        kind = self._kind(questions)
        circles = self._circles(questions)
        divisions = [*([circles] if circles else []), *self._groups(questions)]
        self._add("surveys", [self._record(kind)])
        self._add("survey_questions", [self._question_record(question) for question in questions])
        counted = count_all(self.id, questions, divisions, withhold=self.options.profile == "open")
        self._add("survey_results", counted.rows)
        self.notes.decide("cells-withheld", counted.cells_withheld)
        self.notes.decide("sets-withheld", counted.sets_withheld)
        if self.options.profile == "exchange":
            self._add("survey_responses", self._responses(questions, circles))
        for question in questions:
            self.notes.question(question)

    def _add(self, table: str, records: Sequence[dict[str, str]]) -> None:
        self.draft.tables.setdefault(table, []).extend(
            {key: value for key, value in record.items() if value} for record in records
        )

    def _find(self, units: Sequence[Unit], key: str, reference: str) -> Unit | None:
        unit = named(units, reference)
        if unit is None and self.single:
            raise not_named(key, reference, units)
        return unit

    def _by_id(self, units: Sequence[Unit], key: str) -> dict[str, str]:
        given: Mapping[str, str] = getattr(self.survey, key) or {}
        found = ((self._find(units, key, reference), value) for reference, value in given.items())
        return {unit.id: value for unit, value in found if unit is not None}

    # The survey itself

    def _record(self, kind: str) -> dict[str, str]:
        survey = self.survey
        started, ended = self._days()
        titles = [clean(cell) for row in self.table.above for cell in row if clean(cell)]
        title = survey.title or (titles[0] if titles else "")
        circle = survey.circle_id or ""
        if circle:
            self._check_circle("circle_id", circle)
        return {
            "survey_id": self.id,
            "kind": kind,
            "started_on": started,
            "ended_on": ended,
            "responses": str(len(self.rows)),
            "circle_id": circle,
            "instrument": title[:_LONGEST_TITLE],
            "mode": survey.mode or "",
            "population": survey.population or "",
            "invited": survey.invited or "",
            "organizer": survey.organizer or "",
        }

    def _days(self) -> tuple[str, str]:
        name = self.headings.submitted
        texts = [text for row in self.rows if name and (text := half_width(clean(row.cells.get(name, ""))))]
        days = [day for text in texts if (day := day_of(text)) is not None]
        self.notes.decide("time-unread", len(texts) - len(days))
        started = self.survey.started_on or (min(days).isoformat() if days else "")
        ended = self.survey.ended_on or (max(days).isoformat() if days else "")
        self.notes.decide("survey-dates-missing", int(not (started and ended)))
        return started, ended

    def _kind(self, questions: Sequence[Question]) -> str:
        """Satisfaction when a question asks it overall, needs when the wording says so; else a person must say."""
        if self.survey.kind:
            return self.survey.kind
        words = self.survey.words
        titles = [clean(cell) for row in self.table.above for cell in row]
        satisfied = any(question.topic == "overall" for question in questions) or any(
            "满意度" in text for text in titles
        )
        wanted = any(word in text for text in titles for word in words.needs_words) or any(
            word in question.unit.text for question in questions for word in words.needs_words
        )
        if satisfied or wanted:
            self.notes.decide("kind-from-wording")
            return "satisfaction" if satisfied else "needs"
        self.notes.decide("kind-missing")
        return ""

    def _topics(self, questions: Sequence[Question]) -> None:
        """Give topics: what a person said, overall where one question alone asks it, a category by its name."""
        words, units = self.survey.words, [question.unit for question in questions]
        given = self._by_id(units, "topics")
        scales = [question for question in questions if question.type.startswith("likert")]
        named_overall = self.survey.overall_question
        if named_overall:
            unit = self._find(units, "overall_question", named_overall)
            given |= {unit.id: "overall"} if unit else {}
        elif "overall" not in given.values():
            asked = [question for question in scales if self._asks_overall(question)]
            if len(asked) == 1:
                given[asked[0].id] = "overall"
                self.notes.decide("overall-from-wording")
            elif asked:
                self.notes.decide("overall-several", len(asked))
        categories = self.standard.codelists["categories"].by_name
        for question in questions:
            question.topic = given.get(question.id, "")
            if not question.topic and question.unit.item:
                unit = question.unit
                question.topic = categories.get(unit.item.lower(), "")
                if question.topic:
                    name = unit.columns[0].name
                    self.notes.change(name, unit.id, "topic", unit.item, question.topic, "topic-by-name")
        if not any(question.topic == "overall" for question in questions) and any(
            word in question.unit.text for question in scales for word in words.overall_scale_words
        ):
            self.notes.decide("overall-missing")

    def _asks_overall(self, question: Question) -> bool:
        words, unit = self.survey.words, question.unit
        return any(word in (unit.item or unit.text) for word in words.overall_words) and any(
            word in unit.text for word in words.overall_scale_words
        )

    # By whom it is counted

    def _circles(self, questions: Sequence[Question]) -> Division | None:
        reference = self.survey.circle_question
        question = self._choice(questions, "circle_question", reference) if reference else None
        if question is None:
            return None
        given = {half_width(clean(name)): circle for name, circle in (self.survey.circles or {}).items()}
        found = {option: self._circle(given, option) for option in question.options}
        members = [found[answer[0]] if answer else "" for answer in question.answers]
        if not any(found.values()):
            self.notes.decide("circles-as-groups", len(found))
            return Division(question.id, [answer[0] if answer else "" for answer in question.answers],
                            {option: option for option in question.options})  # fmt: skip
        for option, circle in found.items():
            self.notes.change(question.unit.columns[0].name, question.id, "circle_id", option, circle, "circle-by-name")
            if not circle:
                self.draft.unread["circle_id", option] += sum(answer == (option,) for answer in question.answers)
                self.notes.decide("circle-unknown")
        return Division(question.id, members, {circle: circle for circle in found.values() if circle}, by_circle=True)

    def _circle(self, given: Mapping[str, str], option: str) -> str:
        circle = given.get(option)
        if circle is not None:
            self._check_circle("circles", circle)
        elif self.options.ids.find("circles", option) is not None:
            circle = self.options.ids.find("circles", option)
        elif self.options.ids.fits("circles", option):
            circle = option
        if circle and self.options.ids.find("circles", circle) is None:
            self.notes.decide("circle-not-in-package")
        return circle or ""

    def _check_circle(self, key: str, circle: str) -> None:
        if not self.options.ids.fits("circles", circle):
            raise ConversionError(
                Text(
                    f"映射文件 survey 里的 {key} 写的是 {circle}，不是本数据包的生活圈编号，应像 620602-C001。",
                    f"{key} in the section survey of the mapping is {circle}, which is no circle id of this package; "
                    "it looks like 620602-C001.",
                )
            )

    def _groups(self, questions: Sequence[Question]) -> list[Division]:
        chosen = [
            found
            for reference in self.survey.group_questions
            if (found := self._choice(questions, "group_questions", reference)) is not None
        ]
        names = Counter(option for question in chosen for option in question.options)
        return [
            Division(
                question.id,
                [answer[0] if answer else "" for answer in question.answers],
                {o: o if names[o] == 1 else f"{question.unit.text}：{o}"[:_LONGEST_TITLE] for o in question.options},
            )
            for question in chosen
        ]

    def _choice(self, questions: Sequence[Question], key: str, reference: str) -> Question | None:
        unit = self._find([question.unit for question in questions], key, reference)
        question = next((item for item in questions if item.unit is unit), None)
        if question is not None and question.type not in {"single", "number"}:
            raise ConversionError(
                Text(
                    f"{key} 写的“{reference}”不是单选题，不能用来分组。如果它确实是单选，请在 types 里写明 single。",
                    f"{key} names “{reference}”, which is no single choice and cannot divide people. If it is one, "
                    "say single in types.",
                )
            )
        return question

    # Questions and answers

    def _question_record(self, question: Question) -> dict[str, str]:
        text = question.unit.text[:LONGEST_TEXT]
        missing = [question.missing[reason] for reason in (NoAnswer.SKIPPED, NoAnswer.EMPTY, NoAnswer.BLANK)]
        is_open = self.options.profile == "open"
        shown = ["" if is_open and 0 < count < SMALLEST else str(count) for count in missing]
        return {
            "survey_id": self.id,
            "question_id": question.id,
            "text": text,
            "type": question.type,
            "topic": question.topic,
            **dict(zip(("x_skipped", "x_empty", "x_blank"), shown, strict=True)),
        }

    def _responses(self, questions: Sequence[Question], circles: Division | None) -> list[dict[str, str]]:
        return [
            {
                "survey_id": self.id,
                "response_id": f"r{place + 1:06d}",
                "question_id": question.id,
                "circle_id": circles.members[place] if circles and circles.by_circle else "",
                "value": value,
            }
            for place in range(len(self.rows))
            for question in questions
            if question.type != "text" and (value := question.values[place]) is not None
        ]
