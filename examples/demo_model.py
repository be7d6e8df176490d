"""What the scripts of the invented district hand to each other: its circles and the tables made so far."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from package_writer import Row


@dataclass
class Place:
    """One circle as far as its outlets and surveys need it."""

    circle_id: str
    name: str
    township: str
    status: str
    centre: tuple[float, float]
    street: str
    planned: bool
    area_m2: int = 0
    population: int = 0


@dataclass
class District:
    """The tables while they are being made."""

    random: random.Random
    places: list[Place] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    features: list[dict[str, Any]] = field(default_factory=list)
