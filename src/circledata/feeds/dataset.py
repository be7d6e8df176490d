"""The description of a release for search engines: a schema.org Dataset (https://schema.org/Dataset), as JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from circledata.feeds.catalog import KEYWORDS, Box
from circledata.feeds.licences import licences_of


def dataset(content: Mapping[str, Any], descriptor: Mapping[str, Any], box: Box | None) -> dict[str, Any]:
    """Return the description of the release that `content`, a discovery file, describes.

    Addresses are those of the discovery file: absolute, or relative to where it stands, which is where this stands too.
    """
    publisher, area = content["publisher"], content["area"]
    body = {"@type": "Organization", "name": publisher["name"]}
    place: dict[str, Any] = {
        "@type": "Place",
        "name": [{"@value": area["name"][lang], "@language": lang} for lang in ("zh", "en")],
        "identifier": area["division_code"],
    }
    if box:
        west, south, east, north = box
        place["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    said = descriptor.get("description")
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": content["title"]["zh"],
        "alternateName": content["title"]["en"],
        "description": said if isinstance(said, str) and said else _about(content),
        "identifier": content["release"],
        "version": content["release"],
        "inLanguage": ["zh", "en"],
        "keywords": [word for words in KEYWORDS.values() for word in words],
        "license": [address or name for name, address in licences_of(descriptor)],
        "isAccessibleForFree": True,
        "publisher": {**body, "url": publisher["url"]} if publisher["url"] else body,
        "creator": {**body, "url": publisher["url"]} if publisher["url"] else body,
        "dateModified": content["updated"],
        "temporalCoverage": content["as_of"],
        "spatialCoverage": place,
        "distribution": [_download(feed) for feed in content["feeds"]],
    }
    if content["draft"]:
        described["creativeWorkStatus"] = "Draft"
    return described


def _about(content: Mapping[str, Any]) -> str:
    zh, en = content["area"]["name"]["zh"], content["area"]["name"]["en"]
    return (
        f"{zh}的便民生活圈、商业网点和相关数据，截至 {content['as_of']}。"
        f"Living circles, outlets and related data of {en} as of {content['as_of']}."
    )


def _download(feed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": feed["title"]["zh"],
        "alternateName": feed["title"]["en"],
        "contentUrl": feed["url"],
        "encodingFormat": feed["media_type"],
        "contentSize": f"{feed['bytes']} B",
        "sha256": feed["sha256"],
    }
