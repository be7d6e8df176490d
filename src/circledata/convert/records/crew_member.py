"""What a process beside the main one does: takes questions about rows, works on them at its desks, and answers."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from typing import Any

from circledata.convert.options import ConvertOptions
from circledata.convert.records.context import Context
from circledata.convert.records.crew import LENGTH
from circledata.convert.records.desk import Desk, Looked
from circledata.convert.records.engine import MappingConverter
from circledata.convert.records.ids import Ids
from circledata.convert.records.packing import packed_looks, packed_made, unpacked_choice, unpacked_rows
from circledata.convert.records.references import References
from circledata.standard import load_standard


class Helper:
    """The desks of one process, and the rows that were looked at and not yet made records of."""

    def __init__(self, setting: dict[str, Any]) -> None:
        """`setting`: as `crew.setting_of` gives it."""
        standard, division = load_standard(setting["version"]), setting["division_code"]
        options = ConvertOptions(Ids(standard, division), **setting["options"])
        context = Context(standard, setting["mapping"], division, options, References(), setting["as_of"])
        converter = MappingConverter(setting["tables"], context)
        self._log = context.log
        self._desks = [Desk(work, context, self._log) for work in converter.works]
        self._waiting: dict[int, tuple[Desk, list[Looked]]] = {}

    def answer(self, kind: str, number: int, data: Any) -> Any:
        """Look at the rows of a piece, or make its records. `number`: of the piece."""
        if kind == "look":
            table, rows = data
            looked = self._desks[table].look(unpacked_rows(rows))
            self._waiting[number] = self._desks[table], looked
            return packed_looks(looked)
        desk, looked = self._waiting.pop(number)
        answer = packed_made(desk.make(looked, unpacked_choice(data)))
        self._log.clear()
        return answer


def serve() -> None:
    """Answer questions until no more come. An error ends the process: the main one then does the work itself."""
    gc.disable()  # as in the main process: none of all these rows and records has a cycle
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr
    helper = Helper(pickle.load(questions))
    while True:
        try:
            kind, number, data = pickle.load(questions)
        except EOFError:
            return
        answer = pickle.dumps(((kind, number), helper.answer(kind, number, data)), pickle.HIGHEST_PROTOCOL)
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()
