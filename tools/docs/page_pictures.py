"""Takes the pictures of the upload page that docs/serve.md shows, with Chromium: python tools/docs/page_pictures.py."""

from __future__ import annotations

import io
import shutil
import tempfile
import threading
import time
import zipfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from circledata.web import server
from circledata.web.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = {"zh": ("serve.png", "示例区.zip"), "en": ("serve.en.png", "example.zip")}
SIZE = {"width": 1040, "height": 760}


def packed(name: str) -> bytes:
    """Return a package of examples/ as a ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted((ROOT / "examples" / name).iterdir()):
            archive.write(path, path.name)
    return stream.getvalue()


def take(address: str) -> None:
    """Check an example in both languages and take the picture of its result."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for language, (picture, name) in PICTURES.items():
            page = browser.new_page(viewport=SIZE, locale=language)  # type: ignore[arg-type]
            page.goto(f"{address}?lang={language}")
            file = {"name": name, "mimeType": "application/zip", "buffer": packed("broken-district")}
            page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
            page.wait_for_url("**/r/**")
            page.wait_for_load_state()
            page.screenshot(path=ROOT / "docs" / "assets" / picture)
        browser.close()


def main() -> None:
    """Serve the page on a free port and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(port=0, folder=Path(folder))
        opened = server.listen(settings)
        running = server.prepared(settings)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [opened]})
        thread.start()
        while not running.started:
            time.sleep(0.05)
        try:
            take(f"http://127.0.0.1:{opened.getsockname()[1]}/")
        finally:
            running.should_exit = True
            thread.join()


if __name__ == "__main__":
    main()
