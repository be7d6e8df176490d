"""Adds districts up: takes in what changed, judges, merges, writes the result in one step."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circledata.convert.output.package import json_bytes
from circledata.feeds.aggregate.conflicts import Conflicts
from circledata.feeds.aggregate.content import content_of
from circledata.feeds.aggregate.crew import Order, take_all
from circledata.feeds.aggregate.figures import by_place, figures
from circledata.feeds.aggregate.judge import judge
from circledata.feeds.aggregate.merge import Merge
from circledata.feeds.aggregate.model import AggregateError, Member, Record, Settings, Source
from circledata.feeds.aggregate.package import PackageWriter, descriptor
from circledata.feeds.aggregate.scoreboard import scoreboard, tally
from circledata.feeds.aggregate.sheets import conflict_rows, write_sheets
from circledata.feeds.aggregate.state import Kept, State
from circledata.feeds.aggregate.swap import put, restore
from circledata.feeds.aggregate.take import Given
from circledata.feeds.areas import common_division
from circledata.indicators.record import figures_record
from circledata.standard import load_standard
from circledata.standard.model import Standard, Text
from circledata.version import __version__

BATCH = 48
"""Members that are checked together: enough for the planning of the questions to cost little, some 20 MB of text."""
BATCH_BYTES = 64 << 20
"""Bytes of a batch; a larger member is a batch of its own."""
FILES = (
    *("package", "members.csv", "conflicts.csv", "scoreboard.json", "scoreboard.csv", "scoreboard.html"),
    "indicators.json",
)
"""Everything that a result holds. A folder with anything else in it is not ours to replace."""
Progress = Callable[[str, float], None]
Pages = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""Makes further files of the scoreboard: its page for people."""


@dataclass(frozen=True)
class Aggregation:
    """What came out. `board` is scoreboard.json; `fresh` and `kept` count members that were checked now and before."""

    out: Path
    board: Mapping[str, Any]
    fresh: int
    kept: int
    changed: bool
    """Whether the result is other than what stood there."""


def aggregate(
    sources: Sequence[Source],
    out: Path,
    settings: Settings,
    *,
    pages: Pages | None = None,
    progress: Progress | None = None,
) -> Aggregation:
    """Add up the members and write the result to the folder `out`; what is kept for the next run goes to `out`.state.

    AggregateError when there is nothing to add up or `out` holds other things. Whatever is wrong with a member stands
    in the result. Until the last step, which is one rename, what stood in `out` stands there unchanged.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100  (resolve would follow a link)
    standard = load_standard()
    _check(sources, out, settings, standard)
    head = {"circledata": __version__, "standard": standard.digest}
    head["as_of"] = settings.as_of.isoformat() if settings.as_of else ""
    state = State(out.with_name(f"{out.name}.state"), head)
    with state.locked():
        restore(out, state.folder)
        run = _Run(sources, out, settings, standard, state, pages, progress)
        return run.go()


def _check(sources: Sequence[Source], out: Path, settings: Settings, standard: Standard) -> None:
    """Raise AggregateError, before any work is done, when the command makes no sense."""
    if not sources:
        raise AggregateError("没有给出数据包。", "No package was given.")
    if settings.division is not None and settings.division not in standard.codelists["divisions"].codes:
        raise AggregateError(
            f"区划代码表里没有 {settings.division}。", f"The list of divisions has no {settings.division}."
        )
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise AggregateError(f"{out} 不是文件夹，请换一个 --out。", f"{out} is no folder; choose another --out.")
    strange = sorted(item.name for item in out.iterdir() if item.name not in FILES) if out.is_dir() else []
    if strange:
        raise AggregateError(
            f"{out} 里有别的东西（{strange[0]}），没有写入。请换一个 --out，或者给一个空文件夹。",
            f"{out} holds other things ({strange[0]}); nothing was written. Choose another --out, or an empty folder.",
        )
    for source in sources:
        if source.path and (source.path.resolve() == out or out in source.path.resolve().parents):
            raise AggregateError(
                f"{source.name} 在结果的文件夹 {out} 里面，会被覆盖。请把 --out 放到别处。",
                f"{source.name} lies in the folder of the result, {out}, and would be replaced. Put --out elsewhere.",
            )


class _Run:
    def __init__(
        self,
        sources: Sequence[Source],
        out: Path,
        settings: Settings,
        standard: Standard,
        state: State,
        pages: Pages | None,
        progress: Progress | None,
    ) -> None:
        self.sources, self.out, self.settings, self.standard = sources, out, settings, standard
        self.state, self.pages, self.progress = state, pages, progress
        self.jobs = settings.jobs or max(1, os.cpu_count() or 1)

    def go(self) -> Aggregation:
        self._tell("aggregate-reading", 0)
        contents = self._contents()
        kept = self.state.kept()
        new = {
            content: source.path
            for source, content in zip(self.sources, contents, strict=True)
            if isinstance(content, str) and content not in kept and source.path
        }
        before = len({content for content in contents if isinstance(content, str)} & kept.keys())
        kept |= self._take(new)
        members = [self._member(source, content, kept) for source, content in zip(self.sources, contents, strict=True)]
        judge(members, self.standard, self.settings)
        digest = self._digest(members)
        board = self._standing(digest)
        if board is None:
            board = self._write(members, digest)
            changed = True
        else:
            changed = False
        self.state.forget({member.batch for member in members if member.batch})
        return Aggregation(self.out, board, len(new), before, changed)

    def _tell(self, stage: str, share: float) -> None:
        if self.progress:
            self.progress(stage, share)

    def _contents(self) -> list[str | Text | None]:
        """Return the hash of every member, or why its bytes cannot be read."""
        found: list[str | Text | None] = []
        for source in self.sources:
            if source.path is None:
                found.append(None)
                continue
            try:
                found.append(content_of(source.path))
            except OSError as error:
                said = error.strerror or type(error).__name__
                found.append(Text(f"读不了 {source.name}：{said}。", f"{source.name} cannot be read: {said}."))
        return found

    def _member(self, source: Source, content: str | Text | None, kept: Mapping[str, Kept]) -> Member:
        if isinstance(content, Text):
            return Member(Source(source.name, source.path, source.division_code, content), None, None)
        found = kept.get(content) if content else None
        if found is None:
            return Member(source, None, None)
        return Member(source, found.record, found.batch if found.record.problem is None else None)

    def _take(self, new: Mapping[str, Path]) -> dict[str, Kept]:
        """Take in what was not taken before; each batch is kept as soon as it is done, so that a stop loses little."""
        found: dict[str, Kept] = {}
        lost = self._run([self._order(some) for some in _batches(new)], found, len(new))
        # A batch over which a process died is taken again one by one: the others of it are not to blame.
        alone = [self._order([(given.content, Path(given.path))]) for order in lost for given in order.given]
        for order in self._run(alone, found, len(new)):
            for given in order.given:
                record = Record(given.content, given.number, problem=(_DIED.zh, _DIED.en))
                found[given.content] = Kept(record, order.folder)
        return found

    def _order(self, some: Sequence[tuple[str, Path]]) -> Order:
        name = hashlib.sha256("".join(content for content, _ in some).encode()).hexdigest()[:16]
        folder = self.state.work / f"{name}-{secrets.token_hex(4)}"
        given = tuple(Given(number, content, str(path)) for number, (content, path) in enumerate(some))
        return Order(given, folder)

    def _run(self, orders: Sequence[Order], found: dict[str, Kept], total: int) -> list[Order]:
        """Have batches taken in and keep them; return those over which a process died."""
        lost = []
        for order in orders:
            order.folder.mkdir()
        for done in take_all(orders, self.jobs, self.settings.as_of):
            if done.records is None:
                lost.append(done.order)
                continue
            batch = self.state.finish(done.order.folder, done.records)
            found.update((record.content, Kept(record, batch)) for record in done.records)
            self._tell("aggregate-checking", len(found) / total)
        return lost

    def _digest(self, members: Sequence[Member]) -> str:
        """Return the hash of everything that decides on the result."""
        parts = [
            [m.record.content if m.record else None, m.source.name, m.division_code, [r.text.en for r in m.reasons]]
            for m in members
        ]
        whole = [__version__, self.standard.digest, self.settings.said(), sorted(parts, key=json.dumps)]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=True).encode()).hexdigest()

    def _standing(self, digest: str) -> Mapping[str, Any] | None:
        """Return the scoreboard that stands in the folder of the result if it is of the same inputs."""
        try:
            board = json.loads((self.out / "scoreboard.json").read_bytes())
        except (OSError, ValueError):
            return None
        same = isinstance(board, dict) and board.get("inputs_digest") == digest
        needed = {"members.csv", "conflicts.csv", "scoreboard.csv", "indicators.json"}
        if board.get("totals", {}).get("taken") if same else False:
            needed.add("package/datapackage.json")
        whole = same and all((self.out / name).is_file() for name in needed)
        return board if whole else None

    def _write(self, members: Sequence[Member], digest: str) -> Mapping[str, Any]:
        """Merge and write everything beside the old result, then exchange the two."""
        taken = sorted((member for member in members if member.taken), key=lambda member: member.ord)
        fresh = self.state.work / "result"
        fresh.mkdir()
        merge = Merge(taken, self.standard, self.state.work, self.jobs)
        try:
            self._tell("aggregate-comparing", 0)
            conflicts = Conflicts(merge)
            codes = (member.division_code for member in taken if member.division_code)
            area = self.settings.division or common_division(codes, self.standard)
            said = descriptor(taken, merge, self.settings, area)
            writer = PackageWriter(merge, conflicts, fresh / "package")
            if taken:
                self._tell("aggregate-writing", 0)
                writer.write(said)
            values = self._figures(merge, conflicts, said, taken, fresh)
            found = list(conflicts.found())
            board = scoreboard(members, tally(found), said, writer.rows, values, self.standard, digest)
            write_sheets(fresh, board, conflict_rows(found, {member.ord: member for member in taken}))
        finally:
            merge.close()
        (fresh / "scoreboard.json").write_bytes(json_bytes(board))
        for name, text in (self.pages(board) if self.pages else {}).items():
            (fresh / name).write_text(text, encoding="utf-8", newline="")
        put(fresh, self.out, self.state.folder)
        return board

    def _figures(
        self, merge: Merge, conflicts: Conflicts, said: Mapping[str, Any], taken: Sequence[Member], fresh: Path
    ) -> Mapping[str, Mapping[str, Any]]:
        """Compute the indicators and write indicators.json; return the plain values by division."""
        if not taken:
            (fresh / "indicators.json").write_bytes(json_bytes({"figures": []}))
            return {}
        self._tell("aggregate-figures", 0)
        counts: dict[str, int] = {}
        for member in taken:
            for level, count in (member.record.counts if member.record else {}).items():
                counts[level] = counts.get(level, 0) + count
        found = figures(merge, conflicts, said, counts)
        # Without line breaks: those of 3,000 districts make a third more of 40 MB.
        text = json.dumps(figures_record(found), ensure_ascii=False, separators=(",", ":"))
        (fresh / "indicators.json").write_text(text + "\n", encoding="utf-8")
        return by_place(found)


_DIED = Text("检查它的进程中断了，可能是内存不够。", "The process that checked it ended early; perhaps memory ran out.")


def _batches(new: Mapping[str, Path]) -> Iterable[list[tuple[str, Path]]]:
    """Put members together in the order they were given, so many that neither number nor bytes are too large."""
    some: list[tuple[str, Path]] = []
    size = 0
    for content, path in new.items():
        own = _size(path)
        if some and (len(some) >= BATCH or size + own > BATCH_BYTES):
            yield some
            some, size = [], 0
        some.append((content, path))
        size += own
    if some:
        yield some


def _size(path: Path) -> int:
    if path.is_file() and path.name != "datapackage.json":
        return path.stat().st_size
    folder = path if path.is_dir() else path.parent
    return sum(item.stat().st_size for item in folder.iterdir() if item.is_file())
