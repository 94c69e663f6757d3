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
    assert tab.locator("figure.picture svg:visible").count() > 3 and tab.locator(".live, .tip").count() == 0
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


@pytest.mark.parametrize("width", [390, 1200])
def test_pictures_come_alive_and_answer_to_pointer_and_keys(
    browser: Any, editions: dict[str, Path], width: int
) -> None:
    tab, faults = opened(browser, editions["html"], viewport={"width": width, "height": 900})
    charts = tab.locator("figure.picture .chart")
    assert charts.count() > 3
    for i in range(charts.count()):
        charts.nth(i).scroll_into_view_if_needed()
        drawn = charts.nth(i).locator("svg:visible").bounding_box()
        charts.nth(i).focus()
        if charts.nth(i).locator(f"script[data-width={'narrow' if width < 500 else 'wide'}]").count() == 0:
            continue
        tab.wait_for_function(
            "i => document.querySelectorAll('.chart')[i].querySelector('.live svg')?.checkVisibility()",
            arg=i_of(tab, i),
        )
        live = charts.nth(i).locator("svg:visible").bounding_box()
        assert abs(live["width"] - drawn["width"]) < 3 and abs(live["height"] / drawn["height"] - 1) < 0.08
    charts.first.focus()
    tab.keyboard.press("ArrowRight")
    first = tab.locator(".readout").first.text_content()
    tab.keyboard.press("ArrowRight")
    assert first and tab.locator(".readout").first.text_content() != first
    assert tab.evaluate("[...document.querySelectorAll('.live svg [fill=\"#d3d8de\"]')].length") == 0, (
        "gaps are hatched"
    )
    charts.first.scroll_into_view_if_needed()
    box = charts.first.locator(".live .mark-symbol path[fill='#0b5c8a']").first.bounding_box()
    tab.mouse.move(box["x"] - 20, box["y"] + 20)
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    assert ":" in (tab.locator(".tip:visible").text_content(timeout=3000) or "")
    assert faults == []


def i_of(tab: Any, figure: int) -> int:
    """The place of a figure's chart among all charts of the page, the small ones of tables too."""
    return int(
        tab.evaluate(
            "i => [...document.querySelectorAll('.chart')].indexOf(document.querySelectorAll('figure.picture .chart')[i])",
            figure,
        )
    )


def test_live_pictures_keep_axe_quiet(browser: Any, editions: dict[str, Path]) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not in node_modules (npm install axe-core)")
    tab, _ = opened(browser, editions["html"], viewport={"width": 1200, "height": 900}, bypass_csp=True)
    for i in range(tab.locator("figure.picture .chart").count()):
        tab.locator("figure.picture .chart").nth(i).focus()
        tab.wait_for_timeout(400)
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
    )
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]] == []
