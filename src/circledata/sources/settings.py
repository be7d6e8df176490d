"""What is known of a package as a whole: from itself, from the options, and which standard it is judged by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from circledata.findings.model import Finding, Note, Scalar
from circledata.sources.errors import UsageError
from circledata.sources.faults import fault
from circledata.sources.model import Meta
from circledata.sources.options import Options
from circledata.standard import extension_versions, load_standard, versions
from circledata.standard.model import Standard

OPTIONS = {"division_code": "--division", "coordinate_system": "--crs", "as_of": "--as-of"}


def standard_for(meta: Meta, file: str | None) -> tuple[Standard, list[Finding]]:
    """Return the standard that a package names; the newest, with a finding, when there is none of that version."""
    known, findings = versions(), []
    version = meta.version if meta.version in known else known[-1]
    if meta.version is not None and meta.version not in known:
        params: dict[str, Any] = {"version": meta.version, "known": ", ".join(known), "used": version}
        findings.append(fault("version-unknown", file=file, value=meta.version, **params))
    carried, extensions = extension_versions(), {}
    for name, wanted in meta.extensions.items():
        if wanted in carried.get(name, ()):
            extensions[name] = wanted
        else:
            supported = ", ".join(carried.get(name, ()))
            more: dict[str, Any] = {"extension": name, "version": wanted, "known": supported}
            findings.append(fault("extension-unknown", file=file, value=name, **more))
    return load_standard(version, extensions), findings


def settle(meta: Meta, options: Options, standard: Standard) -> tuple[Meta, list[Note]]:
    """Let the options win over what the package says, and note it; note as well what nobody said.

    UsageError when an option's value cannot be used.
    """
    given = dict(_given(options, standard))
    notes = [
        Note("setting-overridden", {"setting": name, "value": str(value)})
        for name, value in given.items()
        if getattr(meta, name) not in {None, value}
    ]
    meta = replace(meta, **given)  # type: ignore[arg-type]
    for name, option in OPTIONS.items():
        if getattr(meta, name) is None:
            notes.append(Note("setting-unknown", {"setting": name, "option": option}))
    return meta, notes


def _given(options: Options, standard: Standard) -> Iterator[tuple[str, object]]:
    if options.division is not None:
        if not re.fullmatch("[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?", options.division):
            raise _unusable("--division", options.division, "620602")
        yield "division_code", options.division
    if options.crs is not None:
        codes = standard.codelists["coordinate-systems"]
        found = codes.by_name.get(options.crs.strip().lower())
        if found is None:
            raise _unusable("--crs", options.crs, ", ".join(codes.codes))
        yield "coordinate_system", found
    if options.as_of is not None:
        yield "as_of", options.as_of


def _unusable(setting: str, value: Scalar, expected: str) -> UsageError:
    return UsageError("setting-unusable", setting=setting, value=value, expected=expected)
