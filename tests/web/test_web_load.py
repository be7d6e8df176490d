"""Many uploads at once; benchmarks/web.py does the same with more."""

from __future__ import annotations

import sys

import pytest

from benchmarks import web


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory from /proc")
def test_none_is_lost_none_is_mixed_up_and_nothing_stays(only_here: None) -> None:
    found = web.load(10, 300, 5, "--at-once", "2", "--waiting", "1")
    assert found.wrong == 0
    assert found.left == 0
    # Five clients want three places.
    assert found.busy > 0
    assert found.after_bytes < found.before_bytes + (16 << 20)
    assert found.peak_bytes > found.before_bytes


def test_an_answer_that_is_not_ones_own_counts_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    class Answer:
        status_code = 200

        def json(self) -> dict[str, object]:
            return {"rules": [{"name": "code-unknown", "count": 4}], "tables": [{"rows": 9}]}

    sender = web.Sender("http://127.0.0.1", 9)
    monkeypatch.setattr(sender._client, "post", lambda *_, **__: Answer())
    assert [sender.one(wrong)[1] for wrong in (4, 5)] == [True, False]
