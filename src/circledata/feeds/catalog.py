"""The catalogue of a release after DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/), as JSON-LD.

Open data portals harvest it. Nothing in it is fetched: its context stands inside. Addresses are those of the release's
discovery file, so without a base they are relative to the catalogue itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from circledata.feeds.licences import licences_of

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS84."""
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "adms": "http://www.w3.org/ns/adms#",
    "spdx": "http://spdx.org/rdf/terms#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
}
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
UNREGISTERED = "/x-"
"""In media types that have no address at IANA."""
KEYWORDS = {
    "zh": ["一刻钟便民生活圈", "商业网点", "社区商业"],
    "en": ["15-minute living circles", "outlets", "community retail"],
}
RFC_7946 = "https://www.rfc-editor.org/rfc/rfc7946"
CATALOG, DATASET = "#catalog", "#dataset"


def catalog(content: Mapping[str, Any], descriptor: Mapping[str, Any], box: Box | None, here: str) -> dict[str, Any]:
    """Return the catalogue of the release that `content`, a discovery file, describes.

    `box`: around all places. `here`: the address of the catalogue itself, empty where no base is known.
    """
    about = [_text(content["title"]), _described(descriptor, content)]
    return {
        "@context": CONTEXT,
        "@id": here + CATALOG,
        "@type": "dcat:Catalog",
        "dct:title": about[0],
        "dct:description": about[1],
        "dct:publisher": _agent(content["publisher"]),
        "dct:language": _languages(),
        "dct:modified": _moment(content["updated"]),
        "dcat:dataset": [_dataset(content, descriptor, box, here)],
    }


def _dataset(content: Mapping[str, Any], descriptor: Mapping[str, Any], box: Box | None, here: str) -> dict[str, Any]:
    licences = licences_of(descriptor)
    described: dict[str, Any] = {
        "@id": here + DATASET,
        "@type": "dcat:Dataset",
        "dct:title": _text(content["title"]),
        "dct:description": _described(descriptor, content),
        "dct:identifier": content["release"],
        "dcat:version": content["release"],
        "dct:publisher": _agent(content["publisher"]),
        "dct:language": _languages(),
        "dct:issued": _moment(content["updated"]),
        "dct:modified": _moment(content["updated"]),
        "dct:temporal": _day(content["as_of"]),
        "dct:spatial": _place(content["area"], box),
        "dcat:keyword": [{"@value": word, "@language": lang} for lang, words in KEYWORDS.items() for word in words],
        "dct:conformsTo": {
            "@id": f"https://circledata.example/spec/{content['circledata']}",
            "@type": "dct:Standard",
            "dct:title": f"circledata {content['circledata']}",
        },
        "dcat:distribution": [_distribution(feed, licences, content) for feed in content["feeds"]],
    }
    if content["draft"]:
        described["adms:versionNotes"] = _text(
            {
                "zh": "草稿：数据还有错误，不得当作正式数据使用。",
                "en": "A draft: the data has errors and must not be used.",
            }
        )
    if sources := _sources(descriptor):
        described["dct:provenance"] = {"@type": "dct:ProvenanceStatement", "rdfs:label": sources}
    return described


def _distribution(
    feed: Mapping[str, Any], licences: Sequence[tuple[str, str | None]], content: Mapping[str, Any]
) -> dict[str, Any]:
    address = {"@id": feed["url"], "@type": "rdfs:Resource"}
    described: dict[str, Any] = {
        "@id": f"{feed['url']}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _text(feed["title"]),
        "dct:identifier": feed["name"],
        "dcat:accessURL": address,
        "dcat:downloadURL": address,
        "dcat:byteSize": {"@value": str(feed["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "dct:license": [_licence(*licence) for licence in licences],
        "dct:modified": _moment(content["updated"]),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@value": feed["sha256"], "@type": "xsd:hexBinary"},
        },
    }
    if UNREGISTERED not in feed["media_type"]:
        described["dcat:mediaType"] = {"@id": MEDIA_TYPES + feed["media_type"], "@type": "dct:MediaType"}
    if feed["kind"] == "geojson":
        described["dct:conformsTo"] = {"@id": RFC_7946, "@type": "dct:Standard"}
    return described


def _licence(name: str, address: str | None) -> dict[str, Any]:
    return {**({"@id": address} if address else {}), "@type": "dct:LicenseDocument", "rdfs:label": name}


def _text(text: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text[lang], "@language": lang} for lang in ("zh", "en")]


def _described(descriptor: Mapping[str, Any], content: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what the publisher says of the data, else what it is."""
    said = descriptor.get("description")
    if isinstance(said, str) and said:
        return [{"@value": said, "@language": "zh"}]
    zh, en = content["area"]["name"]["zh"], content["area"]["name"]["en"]
    return _text(
        {
            "zh": f"{zh}的便民生活圈、商业网点和相关数据，截至 {content['as_of']}。",
            "en": f"Living circles, outlets and related data of {en} as of {content['as_of']}.",
        }
    )


def _agent(publisher: Mapping[str, str | None]) -> dict[str, Any]:
    agent: dict[str, Any] = {"@type": "foaf:Agent", "foaf:name": publisher["name"]}
    if publisher["url"]:
        agent["foaf:homepage"] = {"@id": publisher["url"], "@type": "foaf:Document"}
    return agent


def _languages() -> list[dict[str, str]]:
    return [{"@id": LANGUAGES + code, "@type": "dct:LinguisticSystem"} for code in ("ZHO", "ENG")]


def _moment(moment: str) -> dict[str, str]:
    return {"@value": moment, "@type": "xsd:dateTime"}


def _day(day: str) -> dict[str, Any]:
    value = {"@value": day, "@type": "xsd:date"}
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": value, "dcat:endDate": value}


def _place(area: Mapping[str, Any], box: Box | None) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "dct:Location",
        "dct:identifier": area["division_code"],
        "locn:geographicName": _text(area["name"]),
    }
    if box:
        west, south, east, north = box
        corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        ring = ", ".join(f"{lon} {lat}" for lon, lat in corners)
        place["dcat:bbox"] = {"@value": f"POLYGON(({ring}))", "@type": "geo:wktLiteral"}
    return place


def _sources(descriptor: Mapping[str, Any]) -> list[str]:
    given = descriptor.get("sources")
    found = [item for item in (given if isinstance(given, list) else ()) if isinstance(item, dict)]
    texts = [" ".join(str(item[key]) for key in ("title", "version", "path") if item.get(key)) for item in found]
    return [text for text in texts if text]
