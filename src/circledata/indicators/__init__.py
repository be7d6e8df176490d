"""Figures of a package as the standard defines them, compared and held against an assessment profile."""

from __future__ import annotations

from circledata.indicators.compute import compute, figures_of
from circledata.indicators.model import SCOPES, Figure, Figures, Place, Scope, reason_text

__all__ = ["SCOPES", "Figure", "Figures", "Place", "Scope", "compute", "figures_of", "reason_text"]
