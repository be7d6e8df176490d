"""Joins the drafts of several sources into one, and looks at what a whole package needs."""

from __future__ import annotations

from collections.abc import Sequence

from circledata.convert.model import ConversionError, Draft
from circledata.standard import Standard
from circledata.standard.model import Text


def merge(drafts: Sequence[Draft], standard: Standard) -> Draft:
    """Return one draft with the records of all, tables in the order of the standard."""
    whole = Draft()
    for draft in drafts:
        whole.rows_in += draft.rows_in
        whole.rows_used += draft.rows_used
        for table, records in draft.tables.items():
            whole.tables.setdefault(table, []).extend(records)
        for table, columns in draft.extra_columns.items():
            whole.extra_columns[table] = tuple(dict.fromkeys((*whole.extra_columns.get(table, ()), *columns)))
        _add_files(whole, draft)
        whole.left_out += draft.left_out
        whole.changes += draft.changes
        whole.decisions += draft.decisions
        whole.unread += draft.unread
        whole.unmapped += draft.unmapped
        whole.settings.update(draft.settings)
        whole.origins.update(draft.origins)
    _fold(whole)
    whole.tables = {name: whole.tables[name] for name in standard.tables if whole.tables.get(name)}
    return whole


def _fold(whole: Draft) -> None:
    """Make one record of circles that two sources tell of, such as a list and a file of boundaries."""
    kept: dict[str, dict[str, str]] = {}
    for record in whole.tables.get("circles", []):
        first = kept.setdefault(record["circle_id"], record)
        if first is not record:
            for field, value in record.items():
                first.setdefault(field, value)
    if "circles" in whole.tables:
        whole.tables["circles"] = list(kept.values())


def _add_files(whole: Draft, draft: Draft) -> None:
    for name, data in draft.files.items():
        if name in whole.files:
            raise ConversionError(
                Text(
                    f"有两个来源都要写 {name}，请把它们放在一起转换，或者分开转换。",
                    f"Two sources make {name}; convert them as one source, or apart.",
                )
            )
        whole.files[name] = data


def count_missing(draft: Draft, standard: Standard) -> None:
    """Count the records that lack a required field, for a person to fill in; the category has words of its own."""
    for name, records in draft.tables.items():
        for field in standard.tables[name].fields:
            if field.required and not (name == "outlets" and field.name == "category"):
                empty = sum(1 for record in records if not record.get(field.name))
                if empty:
                    draft.decisions[f"required-empty:{name}.{field.name}"] = empty
