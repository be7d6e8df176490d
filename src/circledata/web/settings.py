"""How the page is served: where it listens, what it takes, how long it works and keeps."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names under which only this machine reaches itself."""
EVERYWHERE = ("0.0.0.0", "::", "")
"""Addresses that listen on every network of the machine."""
UNPACKED = 10
"""How many times its own size an upload may have once unpacked; tables in a workbook pack 5 to 10 times."""
LEAST_UNPACKED = 256 << 20
"""A small upload may unpack to this much in any case."""


def default_at_once() -> int:
    """Return how many checks run beside each other unless told: one a processor, from 2 to 8."""
    return max(2, min(8, os.cpu_count() or 2))


@dataclass(frozen=True)
class Settings:
    """What `circledata serve` was told; sizes in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8000
    max_upload_bytes: int = 100 << 20
    """Of all files of one upload together."""
    timeout: float = 300
    """Of one check, from its start; the check is ended then."""
    extras: float = 60
    """How much longer the marked workbook and the repaired file may take once the report is there."""
    at_once: int = 2
    """Checks that run beside each other."""
    waiting: int = 16
    """Uploads that may wait for their turn, or be under way; one more is answered with 503."""
    keep: float = 900
    """How long the files of a result can be fetched from the page."""
    allow_hosts: tuple[str, ...] = ()
    """Names under which the page is reached, beside those of `host`."""
    folder: Path | None = None
    """Where the private folder is made; the system's folder for temporary files when None."""
    idle: float = 30
    """Longest silence of a client that is sending."""
    upload_time: float = 1_800
    """Longest time that one upload may take."""
    max_files: int = 30
    """Files of one upload: a package has some twenty."""

    @property
    def max_unpacked_bytes(self) -> int:
        """The most that an archive or workbook may unpack to."""
        return max(UNPACKED * self.max_upload_bytes, LEAST_UNPACKED)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the page."""
        return self.host in LOOPBACK
