"""Every page in a browser, in both languages, on a desk and on a phone: nothing overflows, no error, accessible.

Needs Debian's Chromium (package chromium) and the packages playwright and axe-playwright-python; skipped without.
"""

from __future__ import annotations

import importlib.util
import shutil
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.serve import news
from tests.serve.running import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_LACKING = [
    name
    for name, there in (
        ("Chromium (apt-get install chromium)", CHROMIUM),
        ("playwright", importlib.util.find_spec("playwright")),
        ("axe-playwright-python", importlib.util.find_spec("axe_playwright_python")),
    )
    if not there
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(_LACKING), reason=f"not installed: {', '.join(_LACKING)}"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
WIDTHS = (1440, 390)
LANGUAGES = ("ar", "en")
TOWN = "/places/at?" + urlencode({"name": "النور", "country": "SYR"})
ODD = quote("march/2031?a=b#c", safe="")
PAGES = (
    *("/", "/events", "/events?type=ASSAULT", f"/articles/{ODD}", "/articles/arrest", "/review", "/timeline", "/map"),
    *("/network", "/actors", "/actors/army-SYR", "/places", TOWN, "/sources", "/codebook", "/docs", "/events/nope"),
)
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = news.fill(tmp_path_factory.mktemp("browser") / "news.duckdb")
    with running(path) as (found, _):
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield found
        found.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A window that notes what goes wrong in it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    found = context.new_page()
    found.wrong = []
    found.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.on("console", lambda told: found.wrong.append(told.text) if told.type == "error" else None)
    found.on("request", lambda asked: found.wrong.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield found
    context.close()


def until(page: Any, told: str) -> None:
    """Wait until the script ``told`` gives true (wait_for_function asks by eval, which the desk's policy forbids)."""
    end = time.monotonic() + 15
    while not page.evaluate(told):
        assert time.monotonic() < end, told
        page.wait_for_timeout(50)


def expected(wrong: list[str]) -> list[str]:
    """What went wrong beyond a page that is not there."""
    return [text for text in wrong if "status of 404" not in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_has_no_error(page: Any, address: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/preferences?lang={language}&next=/")
    for name in PAGES:
        page.goto(address + name)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, (name, over)
        direction = page.evaluate("getComputedStyle(document.body).direction")
        assert direction == ("rtl" if language == "ar" else "ltr")
    assert expected(page.wrong) == []


# Every page in both languages, in light and dark, on a desk and on a phone.
_LOOKS = (("ar", 1440, "light"), ("en", 390, "light"), ("en", 1440, "dark"), ("ar", 390, "dark"))
_GRAVE = ("moderate", "serious", "critical")


@pytest.mark.parametrize(("language", "width", "theme"), _LOOKS)
def test_no_serious_accessibility_finding(page: Any, address: str, language: str, width: int, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}/preferences?lang={language}&theme={theme}&next=/")
    for name in PAGES:
        page.goto(address + name)
        serious = [
            (name, item["id"], item["nodes"][0]["html"][:200], item["nodes"][0].get("failureSummary"))
            for item in Axe().run(page).response["violations"]
            if item["impact"] in _GRAVE
        ]
        assert serious == []


def test_the_text_in_the_browser_is_the_record(page: Any, address: str) -> None:
    for article in news.ARTICLES:
        page.goto(f"{address}/articles/{quote(article.id, safe='')}")
        assert page.evaluate("document.getElementById('text').textContent") == article.text
        assert page.evaluate("getComputedStyle(document.getElementById('text')).direction") == "rtl"


def test_marked_words_are_the_records_words(page: Any, address: str) -> None:
    page.goto(f"{address}/articles/visit")
    text = page.evaluate("document.getElementById('text').textContent")
    marks = page.evaluate("[...document.querySelectorAll('#text .m-trigger, #text .m-actor')].map(m => m.textContent)")
    assert marks == ["زار", "الجيش العراقي"]
    assert all(mark in text for mark in marks)


def test_a_clitic_stays_joined_to_a_marked_word(page: Any, address: str) -> None:
    """A mark must not widen the line: labels stand outside the flow."""
    page.goto(f"{address}/articles/visit")
    widths = page.evaluate(
        """() => {
            const text = document.getElementById('text'), bare = text.cloneNode();
            bare.textContent = text.textContent;
            for (const one of [text, bare]) one.style.cssText = 'display:inline-block;white-space:pre;font-size:20px';
            text.after(bare);
            for (const mark of text.querySelectorAll('.m')) mark.style.cssText = '-webkit-text-stroke:0';
            return [text.getBoundingClientRect().width, bare.getBoundingClientRect().width];
        }"""
    )
    assert abs(widths[0] - widths[1]) < 1.5


def test_selecting_words_fills_the_form_with_their_place(page: Any, address: str) -> None:
    page.goto(f"{address}/articles/arrest")
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
            let node;
            while ((node = walker.nextNode()) && !node.data.includes('قال شاهد'));
            const range = document.createRange(), at = node.data.indexOf('قال شاهد');
            range.setStart(node, at); range.setEnd(node, at + 3);
            getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    until(page, "document.querySelector('[name=end]').value !== ''")
    start, end = (int(page.input_value(f"#adding [name={name}]")) for name in ("start", "end"))
    assert news.ARTICLES[4].text[start:end] == "قال"


def test_filters_change_the_list_without_leaving_the_page(page: Any, address: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{address}/events")
    page.evaluate("window.kept = true")
    page.check("input[name=type][value=ASSAULT]")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    assert "type=ASSAULT" in page.url
    assert page.evaluate("window.kept") is True
    page.go_back()
    expect(page.locator("#results tbody tr")).to_have_count(4)


def test_review_by_keyboard(page: Any, address: str) -> None:
    page.goto(f"{address}/review")
    first = page.input_value("#turn input[name=target]")
    page.keyboard.press("s")
    page.wait_for_url("**/review?skip=1")
    page.keyboard.press("k")
    page.wait_for_url("**/review?skip=0")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.input_value("#turn input[name=target]") != first
    with page.expect_navigation():
        page.keyboard.press("z")
    assert page.input_value("#turn input[name=target]") == first
    page.keyboard.press("e")
    assert page.evaluate("document.querySelector('#turn details.edit').open") is True
    page.keyboard.press("a")  # while typing in a form, letters judge nothing
    assert page.input_value("#turn input[name=target]") == first


def test_a_place_with_several_bearers_is_chosen_by_keyboard(page: Any, address: str) -> None:
    page.goto(f"{address}/review?type=CONSULT")
    page.keyboard.press("e")
    for name, value in (("place_name", "طرابلس"), ("place_country", "")):
        page.fill(f"#turn [name={name}]", value)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value").startswith("LBY-")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text(".note") == "Saved."
    page.goto(f"{address}/places/at?{urlencode({'name': 'طرابلس', 'country': 'LBN'})}")
    assert "34.4" in page.inner_text("main")


def test_every_page_works_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/events")
    plain.check("input[name=type][value=PROTEST]")
    plain.click("#facets button.main")
    assert "type=PROTEST" in plain.url
    assert plain.locator("#results tbody tr").count() == 1
    context.close()


def test_print_leaves_out_what_cannot_be_pressed(page: Any, address: str) -> None:
    page.goto(f"{address}/articles/raid")
    page.emulate_media(media="print")
    assert not page.is_visible(".top")
    assert not page.is_visible("#adding form")
    assert page.is_visible("#text")
    assert not page.is_visible("#adding h3")
    assert not page.is_visible("details.edit summary")
    assert page.is_visible("aside .report details table")


def test_paper_is_light_though_the_screen_is_dark(page: Any, address: str) -> None:
    page.goto(f"{address}/preferences?theme=dark&next=/articles/raid")
    look = "[getComputedStyle(document.querySelector('.panel')).backgroundColor, getComputedStyle(document.body).color]"
    dark = page.evaluate(look)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(look) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"] != dark
