"""Takes the pictures of template, marked workbook, page and report that the pages for clerks show.

Run by hand, since it needs LibreOffice, poppler and Chromium, and looked at before they are committed:
python tools/docs/pictures.py. All of them show the invented workbook of typed_book.py.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import openpyxl
import page_pictures
import typed_book
from playwright.sync_api import sync_playwright
from small_png import small_png

from circledata.standard.model import Language

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent.parent
ASSETS = ROOT / "docs" / "assets"
BOOKS: dict[Language, str] = {"zh": "填报表.xlsx", "en": "ledger.xlsx"}
WIDTH = 960
"""Pixels of a picture, at most."""
LIMIT = 150_000
"""Bytes that a picture may have."""
TRIM = """async ([source, width]) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let [left, top, right, bottom] = [image.width, image.height, 0, 0];
  for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) {
    const at = 4 * (y * image.width + x);
    if (data[at] + data[at + 1] + data[at + 2] < 750) {
      left = Math.min(left, x); right = Math.max(right, x);
      top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
  }
  if (right - left < image.width - 9) [left, top, right, bottom] = [left - 25, top - 25, right + 25, bottom + 25];
  const wide = right - left + 1, high = bottom - top + 1, scale = Math.min(1, width / wide);
  const result = document.createElement("canvas");
  [result.width, result.height] = [Math.round(wide * scale), Math.round(high * scale)];
  const drawn = result.getContext("2d");
  drawn.fillStyle = "white";
  drawn.fillRect(0, 0, result.width, result.height);
  drawn.imageSmoothingQuality = "high";
  drawn.drawImage(canvas, left, top, wide, high, 0, 0, result.width, result.height);
  let pixels = "";
  for (const value of drawn.getImageData(0, 0, result.width, result.height).data) pixels += String.fromCharCode(value);
  return [result.width, result.height, btoa(pixels)];
}"""
"""Cuts the white margin of a picture down, makes it at most `width` pixels wide; returns its size and its pixels."""


@dataclass(frozen=True)
class View:
    """Part of a sheet as a picture shows it: `sheet` counts from 0; `note`: the cell whose note is open, if any."""

    name: str
    sheet: int
    area: str
    note: str = ""
    widths: tuple[tuple[str, float], ...] = ()
    frame: bool = True


GUIDE = View("template-guide", 0, "A1:D30", frame=False)
TABLE = View("template-table", 4, "A1:F9")
LISTING = View("marked-list", 0, "A1:G17", frame=False)
MARKED = View("marked-sheet", 5, "A1:H18", note="C3", widths=(("H", 24),))


def ending(language: Language) -> str:
    """Return what stands between the name of a picture and .png."""
    return "" if language == "zh" else ".en"


def run(language: Language, *arguments: str, within: Path) -> None:
    """Run a command of the tool in a folder; RuntimeError when it fails."""
    command = [sys.executable, "-m", "circledata.cli", "--lang", language, *arguments]
    done = subprocess.run(command, cwd=within, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode("utf-8"))


def only(book: Path, view: View, copy: Path) -> None:
    """Write a copy of a workbook that prints one part of one sheet on one page, with the note open."""
    opened = openpyxl.load_workbook(book)
    for number, sheet in enumerate(opened.worksheets):
        sheet.sheet_state = "visible" if number == view.sheet else "hidden"
    sheet = opened.worksheets[view.sheet]
    opened.active = view.sheet
    sheet.print_area = view.area
    sheet.print_title_rows = None
    sheet.print_options.headings = sheet.print_options.gridLines = view.frame
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right):
        part.text = None
    for column, width in view.widths:
        sheet.column_dimensions[column].width = width
    kept = sheet[view.note].comment if view.note else None
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                cell.comment = None
    if kept is not None:
        kept.width, kept.height = 480, 130
        sheet[view.note].comment = kept
    opened.save(copy)
    if kept is not None:
        show_notes(copy)


def show_notes(book: Path) -> None:
    """Let the notes of a workbook stand open, as they do while the pointer is on their cell."""
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(book, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, moved(content))


def moved(part: bytes) -> bytes:
    """Return a part of a workbook with its note open and below the rows that are filled."""
    part = part.replace(b"visibility:hidden", b"visibility:visible")
    return part.replace(b"margin-left:59.25pt;margin-top:1.5pt", b"margin-left:330pt;margin-top:114pt")


def rendered(book: Path) -> bytes:
    """Return the first page of a workbook as a PNG, printed by LibreOffice."""
    folder = book.parent
    office = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", folder, book], check=True, capture_output=True)
    paper = book.with_suffix(".pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", paper, folder / "page"], check=True)
    return (folder / "page.png").read_bytes()


def keep(browser: Browser, name: str, picture: bytes) -> None:
    """Write a picture without its margin; ValueError when it is too large to be committed."""
    page = browser.new_page()
    size: Any = page.evaluate(TRIM, ["data:image/png;base64," + base64.b64encode(picture).decode(), WIDTH])
    page.close()
    content = small_png(size[0], size[1], base64.b64decode(size[2]))
    if len(content) > LIMIT:
        raise ValueError(f"{name}: {len(content)} bytes")
    (ASSETS / name).write_bytes(content)
    print(name, len(content))


def sheets(browser: Browser, language: Language, folder: Path) -> None:
    """Take the pictures of the empty template and of the marked workbook."""
    name = BOOKS[language]
    run(language, "template", "--out", "empty.xlsx", "--division", "620602", within=folder)
    run(language, "template", "--out", "example.xlsx", "--example", within=folder)
    run(language, "validate", name, "--format", "workbook", "--output", "marked.xlsx", within=folder)
    for book, view in (("empty", GUIDE), ("example", TABLE), ("marked", LISTING), ("marked", MARKED)):
        only(folder / f"{book}.xlsx", view, folder / "view.xlsx")
        keep(browser, f"{view.name}{ending(language)}.png", rendered(folder / "view.xlsx"))


def report(browser: Browser, language: Language, folder: Path) -> None:
    """Take the picture of the report that opens in a browser."""
    run(language, "validate", BOOKS[language], "--format", "html", "--output", "report.html", within=folder)
    page = browser.new_page(viewport={"width": 960, "height": 720})
    page.goto((folder / "report.html").as_uri())
    keep(browser, f"report{ending(language)}.png", page.screenshot())
    page.close()


def main() -> None:
    """Take all pictures in both languages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for language, name in BOOKS.items():
            with tempfile.TemporaryDirectory() as made:
                folder = Path(made)
                typed_book.write(folder / name, language)
                sheets(browser, language, folder)
                report(browser, language, folder)
        browser.close()
    page_pictures.main()


if __name__ == "__main__":
    main()
