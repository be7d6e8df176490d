"""Fetching what others publish over http(s): guarded, checked against its hash, and resumed where it was cut off."""

from circledata.feeds.fetch.client import Client
from circledata.feeds.fetch.errors import FetchError
from circledata.feeds.fetch.options import Got, Options
from circledata.feeds.fetch.package import (
    Fetched,
    FetchedMember,
    Manifest,
    Member,
    fetch_members,
    fetch_package,
    members_of,
    read_discovery,
    read_manifest,
)

__all__ = [
    "Client",
    "FetchError",
    "Fetched",
    "FetchedMember",
    "Got",
    "Manifest",
    "Member",
    "Options",
    "fetch_members",
    "fetch_package",
    "members_of",
    "read_discovery",
    "read_manifest",
]
