from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from circledata.sources import Limits, Options, open_package

from .conftest import DESCRIPTOR, HEADER, ROW, found

CSV = f"{HEADER}\n{ROW}\n"
FILES = {"datapackage.json": json.dumps(DESCRIPTOR), "communities.csv": CSV}


@pytest.fixture
def unzipped(tmp_path, work):
    def run(files=FILES, *, content=None, limits=None, prefix=""):
        path = tmp_path / "package.zip"
        if content is None:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, text in files.items():
                    archive.writestr(name if isinstance(name, zipfile.ZipInfo) else prefix + name, text)
        else:
            path.write_bytes(content)
        package = open_package([path], workdir=work, options=Options(limits=limits or Limits()))
        return replace(package, findings=(*package.later(), *package.findings))

    return run


def zipped(files=FILES):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize("prefix", ["", "凉州区/"])
def test_a_package_at_the_top_or_in_one_folder(unzipped, prefix):
    package = unzipped(FILES | {"__MACOSX/._communities.csv": "", ".DS_Store": ""}, prefix=prefix)
    assert (package.kind, package.findings, package.complete) == ("archive", (), True)
    assert package.tables["communities"].file == "communities.csv"
    assert package.tables["communities"].path.read_text(encoding="utf-8") == CSV


def test_rubbish_beside_the_one_folder(unzipped):
    files = {f"data/{name}": text for name, text in FILES.items()} | {"__MACOSX/data/._x": "", ".DS_Store": ""}
    assert unzipped(files).findings == ()


def test_without_a_descriptor(unzipped):
    package = unzipped({"communities.csv": CSV})
    assert found(package.findings) == [("descriptor-missing", None)]
    assert list(package.tables) == ["communities"]


def test_only_what_is_named_is_unpacked(unzipped, work):
    package = unzipped(FILES | {"other.csv": "a\n"})
    assert found(package.findings) == [("file-not-listed", None)]
    assert len(list(work.iterdir())) == 2


def test_names_in_gbk(unzipped):
    descriptor = DESCRIPTOR | {"resources": [{"name": "communities", "path": "社区.csv"}]}
    content = zipped({"datapackage.json": json.dumps(descriptor), "0123.csv": CSV})
    content = content.replace(b"0123.csv", "社区".encode("gbk") + b".csv")
    package = unzipped(content=content)
    assert list(package.tables) == ["communities"]
    assert package.findings == ()


def test_encrypted(unzipped):
    content = bytearray(zipped())
    # The flag of the last entry, in its own header and in the directory.
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.rfind(mark) + offset
        struct.pack_into("<H", content, at, struct.unpack_from("<H", content, at)[0] | 1)
    package = unzipped(content=bytes(content))
    assert found(package.findings) == [("archive-encrypted", None)]
    assert not package.complete


def test_a_bomb_by_ratio_stops_early(unzipped, work):
    package = unzipped(FILES | {"communities.csv": CSV + "\n" * 50_000_000})
    assert found(package.findings) == [("archive-over-limit", None)]
    assert package.findings[0].params["what"] == "ratio"
    assert sum(path.stat().st_size for path in work.iterdir()) < 12_000_000


def test_a_bomb_by_size(unzipped):
    noise = os.urandom(300_000).hex()
    package = unzipped(FILES | {"communities.csv": CSV + noise}, limits=Limits(max_archive_bytes=100_000))
    assert found(package.findings) == [("archive-over-limit", None)]
    assert package.findings[0].params["what"] == "bytes"


def test_too_many_entries(unzipped):
    files = FILES | {f"x{number}": "" for number in range(50)}
    package = unzipped(files, limits=Limits(max_archive_entries=40))
    assert found(package.findings) == [("archive-over-limit", None)]
    assert dict(package.findings[0].params)["actual"] == 52


@pytest.mark.parametrize("cut", [30, 200, -30])
def test_damaged(unzipped, cut):
    package = unzipped(content=zipped()[:cut])
    assert found(package.findings) == [("archive-damaged", None)]
    assert not package.complete


def test_an_entry_whose_content_is_damaged(unzipped):
    content = bytearray(zipped())
    at = content.find(b"communities.csv") + len("communities.csv") + 2
    content[at] ^= 0xFF
    package = unzipped(content=bytes(content))
    assert found(package.findings) == [("archive-damaged", None)]


def test_unsafe_entries(unzipped, tmp_path):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    package = unzipped(FILES | {"../evil.csv": "x", "/abs.csv": "x", "C:\\w.csv": "x", link: "/etc/passwd"})
    assert sorted(found(package.findings)) == [
        ("link-leaves-package", None), ("path-unsafe", None), ("path-unsafe", None), ("path-unsafe", None),
    ]  # fmt: skip
    assert not (tmp_path / "evil.csv").exists()


def test_a_zip_by_another_name(tmp_path, work):
    path = tmp_path / "download.bin"
    path.write_bytes(zipped())
    assert open_package([path], workdir=work, options=Options()).kind == "archive"


def test_nothing_is_written_outside_the_work_folder(unzipped, tmp_path, work):
    before = set(tmp_path.rglob("*")) - set(work.rglob("*"))
    unzipped(FILES | {"communities.csv": CSV.encode("gbk")})
    after = {path for path in tmp_path.rglob("*") if work not in path.parents}
    assert after - before == {tmp_path / "package.zip"}
    assert Path(tmp_path / "package.zip").is_file()
