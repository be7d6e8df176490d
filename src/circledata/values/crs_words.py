"""Words the evidence of a coordinate system's detection: one sentence for the verdict, one for each hypothesis."""

from __future__ import annotations

from circledata.values.crs_detection import (
    MIN_PAIRS,
    MIN_POINTS,
    Detection,
    Evidence,
    Reason,
)

_VERDICTS: dict[Reason, tuple[str, str]] = {
    "clear": ("最符合的是 {best}，明显好于其他坐标系。", "{best} fits best, clearly better than the other systems."),
    "nothing-known": (
        "没有可以对照的已知地点或边界，无法判断坐标系。",
        "There is no known place or boundary to compare with, so the coordinate system cannot be told.",
    ),
    "too-few": (
        "可以对照的太少，无法判断坐标系：已知地点至少要 {pairs} 个，有边界的点至少要 {points} 个。",
        "There is too little to compare with: it takes {pairs} known places or {points} points with a boundary.",
    ),
    "no-shift": (
        "这些地点所在的地区 WGS84 与 GCJ-02 没有偏移，两者相同，无法也不必区分。",
        "In the region of these places WGS84 and GCJ-02 are the same: they cannot be told and need not be.",
    ),
    "none-fits": (
        "哪个坐标系都不符合：请检查已知地点或边界是否同一地区、坐标系是否写对，经纬度是否颠倒。",
        "No system fits: check that the known places or boundaries are of the same region, that their own coordinate "
        "system is right, and that longitude and latitude are not swapped.",
    ),
    "too-close": (
        "各坐标系相差不够大，无法判断；请提供更多已知地点，或直接写明坐标系。",
        "The systems do not differ enough to tell; give more known places, or state the coordinate system.",
    ),
    "contradiction": (
        "已知地点与边界说法不一，无法判断；请检查它们各自的坐标系。",
        "Known places and boundaries contradict each other; check the coordinate system of each.",
    ),
}


_LEADING = ("数值上最接近的是 {leading}，但不足以确定。", "{leading} comes nearest, but not near enough to be sure.")


def explain(detection: Detection) -> list[tuple[str, str]]:
    """Return the verdict, what comes nearest where nothing is sure, and the evidence for each hypothesis.

    One pair (zh, en) a sentence.
    """
    values = {"best": detection.best, "pairs": MIN_PAIRS, "points": MIN_POINTS}
    zh, en = _VERDICTS[detection.reason]
    sentences = [(zh.format(**values), en.format(**values))]
    if detection.leading and not detection.best and detection.reason in {"too-close", "too-few"}:
        sentences.append((_LEADING[0].format(leading=detection.leading), _LEADING[1].format(leading=detection.leading)))
    compared = [each for each in detection.evidence if each.pairs or each.points]
    return sentences + [_of_hypothesis(each) for each in compared]


def _of_hypothesis(evidence: Evidence) -> tuple[str, str]:
    zh, en = [], []
    if evidence.median_m is not None and evidence.nearest_share is not None:
        zh.append(
            f"{evidence.pairs} 个已知地点相差的中位数是 {_metres(evidence.median_m)} 米，"
            f"其中 {_percent(evidence.nearest_share)} 以它最近"
        )
        en.append(
            f"{evidence.pairs} known places are off by a median of {_metres(evidence.median_m)} m, "
            f"{_percent(evidence.nearest_share)} of them nearest under it"
        )
    if evidence.inside_share is not None:
        outside, count = evidence.outside_m, round(evidence.inside_share * evidence.points)
        zh.append(
            f"{evidence.points} 个点中 {count} 个（{_percent(evidence.inside_share)}）落在应在的边界内"
            + ("" if outside is None else f"，落在外面的离边界 {_metres(outside)} 米（中位数）")
        )
        en.append(
            f"of {evidence.points} points {count} ({_percent(evidence.inside_share)}) lie inside their boundary"
            + ("" if outside is None else f", those outside a median of {_metres(outside)} m from it")
        )
    return f"按 {evidence.system}：{'；'.join(zh)}。", f"As {evidence.system}: {'; '.join(en)}."


def _metres(value: float) -> str:
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
