"""The page in a real browser: nothing asked outside, no fault found by axe, readable at phone width, without scripts, in print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_api.sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: Any, page: Path, **options: Any) -> tuple[Any, list[str]]:
    tab = browser.new_page(**options)
    faults: list[str] = []
    tab.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: faults.append(str(e)))
    tab.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url))
    tab.on("requestfailed", lambda r: faults.append(f"failed: {r.url}"))
    tab.goto(page.as_uri())
    return tab, faults


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, editions: dict[str, Path], width: int, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not in node_modules (npm install axe-core)")
    tab, _ = opened(
        browser, editions["html"], viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
    )
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]] == []


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_page_fits_its_window_and_asks_for_nothing(browser: Any, editions: dict[str, Path], width: int) -> None:
    tab, faults = opened(browser, editions["html"], viewport={"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []
    assert tab.evaluate("document.fonts.check('16px \"Dragoman Serif\"')")


def test_hostile_words_run_nothing(browser: Any, evil_editions: dict[str, Path]) -> None:
    dialogs: list[str] = []
    tab = browser.new_page(viewport={"width": 900, "height": 900})
    tab.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
    tab.goto(evil_editions["html"].as_uri())
    tab.wait_for_timeout(300)
    assert dialogs == [] and tab.evaluate("document.documentElement.scrollWidth") <= 900


def test_page_reads_without_scripts(browser: Any, editions: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(editions["html"].as_uri())
    assert tab.locator("#timeline li").count() > 5 and not tab.locator("#print").is_visible()
    tab.locator("details summary").first.click()
    assert tab.locator("details table").first.is_visible()


def test_print_shows_the_text_and_hides_the_buttons(browser: Any, editions: dict[str, Path]) -> None:
    tab, _ = opened(browser, editions["html"])
    assert tab.locator("#print").is_visible()
    tab.emulate_media(media="print")
    assert not tab.locator(".tools").is_visible() and tab.locator("#sources .url").first.is_visible()
    assert tab.pdf().startswith(b"%PDF")


def test_every_stop_of_the_tab_key_shows_where_it_is(browser: Any, editions: dict[str, Path]) -> None:
    tab, _ = opened(browser, editions["html"])
    for _ in range(12):
        tab.keyboard.press("Tab")
        style = tab.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.outlineWidth })()"
        )
        assert style.startswith(("solid", "auto")) and not style.endswith("0px")
