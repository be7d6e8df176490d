"""Runs tasks of one session side by side, on as many threads as the session may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from circledata.engine.session import Session

T = TypeVar("T")


def side_by_side(session: Session, tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Run `tasks` and return what they return, in their order; the first that fails raises here.

    A task speaks to the database through its own cursor (Session.connection) and must not need what another makes. When
    one fails, or the user interrupts, the queries of the others are stopped.
    """
    if session.threads == 1 or len(tasks) < 2:
        return [task() for task in tasks]
    with ThreadPoolExecutor(max_workers=session.threads) as pool:
        running = [pool.submit(task) for task in tasks]
        try:
            return [item.result() for item in running]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            session.interrupt()
            raise
