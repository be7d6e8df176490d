"""Notes what became of a survey's headings and wordings, a line each; never what a single person answered."""

from __future__ import annotations

from dataclasses import dataclass

from circledata.convert.model import Change, Draft, SourceTable
from circledata.convert.survey.answers import MARK
from circledata.convert.survey.questions import Question

LONGEST_TEXT = 500
"""Characters that the wording of a question may have."""


@dataclass
class Notebook:
    """The change log and the decisions of one survey; every line points to the heading, where the question stands."""

    draft: Draft
    table: SourceTable
    survey_id: str

    def decide(self, code: str, count: int = 1) -> None:
        """Count something that a person should look at."""
        if count:
            self.draft.decisions[code] += count

    def change(self, column: str, record: str, field: str, old: str, new: str, rule: str) -> None:
        """Note a change; nothing when both are the same text."""
        if old != new:
            file, sheet, row = self.table.file.name, self.table.sheet, self.table.header_row
            record = f"{self.survey_id} {record}"
            self.draft.changes.append(Change(row, column, record, field, old, new, rule, file, sheet))

    def question(self, question: Question) -> None:
        """Note what became of headings and wordings, a line each; never what a single person answered."""
        unit = question.unit
        column = unit.columns[0].name
        self.change(column, unit.id, "text", column, unit.text[:LONGEST_TEXT], "question-text")
        for word, step in question.recoded.items():
            self.change(column, unit.id, "option", word, step, "scale-word")
        self._forms(question, column)
        for code, count in question.doubts.items():
            self.decide(code, count)
        if question.type == "text":
            self.draft.unmapped[column] += unit.answered
            self.decide("text-dropped")

    def _forms(self, question: Question, column: str) -> None:
        """Note answers that are only written otherwise, and options that stood in other places."""
        unit = question.unit
        for raw, text in unit.forms.items():
            if text in question.plain:
                self.change(column, unit.id, "option", raw, text.replace(";", MARK), "answer-form")
        for text in sorted(text for text in question.plain if ";" in text and text not in unit.forms.values()):
            self.change(column, unit.id, "option", text, text.replace(";", MARK), "answer-form")
        if unit.flags:
            for item in unit.columns:
                option = item.option.replace(";", MARK)
                self.change(item.name, unit.id, "option", item.name, option, "column-to-option")
        if question.type == "number":
            for option in question.options:
                self.change(column, unit.id, "option", "", option, "range")
