"""Makes the new package of the old one and a changes file, and checks that it came out exactly."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import duckdb

from circledata.convert.export.csv_form import CsvForm, form_from
from circledata.convert.model import ConversionError
from circledata.convert.output.atomic import writing
from circledata.engine import Session
from circledata.feeds.changes.documents import boundaries_bytes, descriptor_bytes, file_content, read, read_boundaries
from circledata.feeds.changes.documents import sha256 as sha256_of
from circledata.feeds.changes.model import ChangesError
from circledata.feeds.changes.read import ChangesFile, damaged, read_changes
from circledata.feeds.changes.rebuild import Rows, write_csv
from circledata.feeds.changes.sides import OLD, Side, SideTable, as_folder, load_side, open_side
from circledata.feeds.changes.table_maker import TableMaker
from circledata.sources.container import path_fault
from circledata.sources.descriptor import NAME
from circledata.sources.model import Meta
from circledata.standard import load_standard

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Applied:
    """What `apply` made: the records of each table; `exact`: every file is the new package's own to the byte."""

    to: Path
    rows: Mapping[str, int]
    exact: bool


def apply(
    old: str | PathLike[str] | None, changes: str | PathLike[str], to: str | PathLike[str], *, overwrite: bool = False
) -> Applied:
    """Write to the directory `to` the package that `changes` lead to from `old`.

    `old`: as for `write_changes`; None where the changes begin from nothing. Every table and file is checked by the
    hashes in the head of the changes file. ChangesError, and nothing written, when the file is damaged, begins from
    another package, or something does not come out as it should.
    """
    target = Path(to)
    with tempfile.TemporaryDirectory(prefix="circledata-", ignore_cleanup_errors=True) as name:
        work = Path(name)
        told = read_changes(Path(changes), work)
        with _opened(Path(old) if old is not None else None, told, work) as (session, side), _said_plainly(changes):
            maker = _Maker(told, session, side)
            maker.check_base()
            with writing(target, overwrite=overwrite, directory=True) as folder:
                return Applied(target, maker.write(folder), maker.exact)


@contextmanager
def _said_plainly(changes: object) -> Iterator[None]:
    """Turn whatever a head with the right hashes and the wrong shape leads to into one sentence."""
    try:
        yield
    except ConversionError as error:
        raise ChangesError(error.text.zh, error.text.en) from error
    except (KeyError, TypeError, ValueError, AttributeError, duckdb.BinderException, duckdb.ParserException) as error:
        raise damaged(changes, "第 1 行与后面的对不上", "its first line does not fit the others") from error


@contextmanager
def _opened(old: Path | None, told: ChangesFile, work: Path) -> Iterator[tuple[Session, Side | None]]:
    if old is None:
        if told.head["from"] is not None:
            raise ChangesError(
                f"这些变化从一个数据包开始（{_named(told.head['from'])}），请给出那个数据包。",
                f"These changes begin from a package ({_named(told.head['from'])}); give it too.",
            )
        with Session(load_standard(), Meta()) as session:
            session.execute(f"CREATE SCHEMA {OLD}")
            yield session, None
        return
    (work / "open").mkdir()
    root = as_folder(old, work / "package")
    package = open_side(root, old, work / "open")
    size = sum(raw.bytes for raw in package.tables.values())
    with Session(package.standard, package.meta, input_bytes=size) as session:
        yield session, load_side(session, package, root, OLD)


def _named(side: Line) -> str:
    return " ".join(str(side[key]) for key in ("name", "as_of") if side.get(key)) or "?"


@dataclass
class _Maker:
    """Writes one package."""

    told: ChangesFile
    session: Session
    side: Side | None
    exact: bool = True

    @property
    def tables(self) -> Mapping[str, SideTable]:
        return self.side.tables if self.side else {}

    @property
    def files(self) -> Mapping[str, Path]:
        return self.side.files if self.side else {}

    def check_base(self) -> None:
        """Raise ChangesError unless the old package is the one that the changes begin from."""
        base = self.told.head["from"]
        if base is None:
            if self.side is not None:
                raise ChangesError(
                    "这些变化从零开始，不接在任何数据包后面；不要给出旧数据包。",
                    "These changes begin from nothing and follow no package; do not give an old one.",
                )
            return
        assert self.side is not None
        have = {name: table.records for name, table in self.tables.items()}
        want = {name: item.get("records_sha256") for name, item in base["tables"].items()}
        wrong = [name for name in dict.fromkeys([*want, *have]) if have.get(name) != want.get(name)]
        files = {**self.files, NAME: self.side.root / NAME}
        wrong += [name for name, item in base["files"].items() if _hash(files.get(name)) != item.get("sha256")]
        if wrong:
            goal = {name: item.get("records_sha256") for name, item in self.told.head["to"]["tables"].items()}
            done, name = have == goal, _named(base)
            more_zh, more_en = ("；它已经是变化之后的样子", "; it is what they lead to already") if done else ("", "")
            raise ChangesError(
                f"旧数据包不是这些变化的起点（{name}）：{'、'.join(wrong[:5])} 不一样{more_zh}。没有写入。",
                f"The old package is not the one that these changes begin from ({name}): "
                f"{', '.join(wrong[:5])} differ{more_en}. Nothing was written.",
            )

    def write(self, folder: Path) -> dict[str, int]:
        """Write every table and file of the new package; returns the records of each table."""
        goal = self.told.head["to"]
        carried = {str(line.get("path")): line for line in self.told.lines if line["type"] == "file"}
        for name, item in goal["tables"].items():
            self._table(str(name), item, _target(folder, item.get("path")), carried)
        for path, item in goal["files"].items():
            target, content = _target(folder, path), self._content(str(path), item, carried)
            target.write_bytes(content)
            if sha256_of(content) != item.get("sha256"):
                raise _mismatch(str(path))
        return {str(name): int(item["rows"]) for name, item in goal["tables"].items()}

    def _content(self, path: str, item: Line, carried: Mapping[str, Line]) -> bytes:
        """Return the content of a file that is no table."""
        if path in carried:
            return file_content(carried[path])
        before = read(self.side.root / NAME if self.side and path == NAME else self.files.get(path))
        line = next((line for line in self.told.lines if line["type"] == "descriptor"), None)
        if path == NAME and line is not None:
            return descriptor_bytes(before, line)
        if "layout" in item and before is not None:
            return self._boundaries(path, item, before)
        if before is None:
            raise _mismatch(path)
        return before

    def _boundaries(self, path: str, item: Line, before: bytes) -> bytes:
        old = read_boundaries(before)
        lines = [line for line in self.told.lines if line["type"] == "boundary"]
        if old is None:
            raise _mismatch(path)
        features = dict(old.features)
        for line in lines:
            circle = line["key"]["circle_id"]
            if "removed" in line["kinds"]:
                features.pop(circle, None)
            else:
                features[circle] = line.get("feature")
        order = item.get("order", list(features))
        return boundaries_bytes(old.head, [features.get(circle) for circle in order], item["layout"])

    def _table(self, name: str, item: Line, target: Path, carried: Mapping[str, Line]) -> None:
        old = self.tables.get(name)
        if str(item.get("path")) in carried:
            target.write_bytes(file_content(carried[str(item["path"])]))
            if sha256_of(target.read_bytes()) != item.get("sha256"):
                raise _mismatch(name)
            return
        if old is not None and old.sha256 == item.get("sha256"):
            shutil.copyfile(old.file, target)
            return
        columns = [str(column) for column in item["columns"]]
        relation = TableMaker(self.session, self.told, name, old, columns).make()
        rows = Rows(self.session, relation, columns, self.session.value(f"SELECT count(*) FROM {relation}"))
        whole = item.get("way") == "form"
        form = form_from(item.get("form")) if whole else CsvForm()
        header = item.get("header", columns) if whole else columns
        with target.open("wb") as stream:
            written = write_csv(rows, header, form, stream)
        self.session.execute(f"DROP TABLE {relation}")
        if written.sha256 != item.get("sha256" if whole else "records_sha256"):
            raise _mismatch(name)
        self.exact = self.exact and whole


def _hash(file: Path | None) -> str | None:
    from circledata.sources.scan import hashes

    return hashes(file, {"sha256"})["sha256"] if file is not None and file.is_file() else None


def _target(folder: Path, path: object) -> Path:
    """Return where a file of the package goes. ChangesError when its path leads out of the package."""
    if not isinstance(path, str) or path_fault(path) or path.startswith("."):
        raise ChangesError(
            f"变化文件里的路径 {path} 不能用，没有写入。", f"The path {path} cannot be used; nothing was written."
        )
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _mismatch(name: str) -> ChangesError:
    return ChangesError(
        f"{name} 没有变成应有的样子（校验值对不上），没有写入。变化文件可能被改动过，请重新取得。",
        f"{name} did not come out as it should (its hash differs); nothing was written. The changes file may have been "
        "edited; get it anew.",
    )
