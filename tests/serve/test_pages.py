"""Every page in both languages: right to left where it should be, filters in the address, no text read as HTML."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from rasid.serve import data_parties, pages_charts
from rasid.store.filters import Filters
from tests.serve import news
from tests.serve.conftest import MakeDesk, event_id
from tests.serve.test_highlight import Content, plain

PAGES = (
    "/",
    "/events",
    "/events?q=%D8%A8%D9%84%D8%AF%D8%A9&type=ASSAULT&col=date&col=toll&col=publisher&col=contexts&col=modes&order=killed",
    "/articles/raid",
    "/articles/march%2F2031%3Fa%3Db%23c",
    "/review",
    "/review?queue=second",
    "/review?queue=sample&skip=2",
    "/timeline",
    "/timeline?unit=month",
    "/map",
    "/map?region=world",
    "/network",
    "/network?level=party&least=2",
    "/actors",
    "/actors?name=army",
    "/actors/army-SYR",
    "/places",
    "/sources",
    "/codebook",
    "/docs",
)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(reading: TestClient, language: str, page: str) -> None:
    reading.get("/preferences", params={"lang": language, "next": "/codebook"})
    answer = reading.get(page)
    assert answer.status_code == 200
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("page", PAGES)
def test_no_page_holds_a_style_or_script_of_its_own(reading: TestClient, page: str) -> None:
    text = reading.get(page).text
    attributes = Content(text).attributes
    assert "href" in attributes
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert re.findall(r"<script(?![^>]* src=\"/static/)", text) == []
    assert re.findall(r'(?:src|<link[^>]* href)="(?!/)', text) == []


def test_an_article_is_shown_to_the_letter(reading: TestClient) -> None:
    for article in news.ARTICLES:
        text = reading.get(f"/articles/{quote(article.id, safe='')}").text
        (shown,) = re.findall(r'<div class="text"[^>]*>(.*?)</div>', text, re.DOTALL)
        assert Content(shown).text == plain(article.text)
        assert '<div class="text" id="text" dir="rtl" lang="ar"' in text


def test_marks_stand_where_the_record_says(reading: TestClient) -> None:
    record = reading.get("/v1/articles/visit").json()
    page = reading.get("/articles/visit").text
    (shown,) = re.findall(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL)
    roles = Content(shown).roles
    (report,) = record["reports"]
    event = report["event"]
    for role, span in (("trigger", event["trigger"]), ("actor", event["actors"][0]), ("place", event["place"])):
        assert all(f"m-{role}" in roles[at] for at in range(span["start"], span["end"]))
        assert record["text"][span["start"] : span["end"]] == span["text"]


def test_markup_in_an_article_is_text_everywhere(reading: TestClient) -> None:
    protest = event_id(reading, "PROTEST")
    for page in (
        f"/events/{protest}",
        "/articles/march%2F2031%3Fa%3Db%23c",
        "/events?q=%D8%AA%D8%B8%D8%A7%D9%87%D8%B1",
        "/",
    ):
        text = reading.get(page).text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "<b>غامق" not in text


def test_an_event_shows_its_reports_and_where_they_disagree(reading: TestClient) -> None:
    text = reading.get(f"/events/{event_id(reading, 'ASSAULT')}").text
    assert "الضفاف" in text
    assert "الرواق" in text
    assert "The reports disagree" in text
    tolls = re.findall(r"<b><bdi dir=\"ltr\" class=\"code\">(\d+)</bdi></b>", text)
    assert tolls == ["3", "5"]
    assert "وكالة الضحى" in text


def test_a_search_marks_its_hit_in_any_spelling(reading: TestClient) -> None:
    text = reading.get("/events", params={"q": "بلده النور"}).text
    assert "Events: 1" in text
    assert '<span class="m m-search">' in text


def test_filters_are_in_every_link_that_goes_on(reading: TestClient) -> None:
    text = reading.get("/events?type=ASSAULT&country=SYR").text
    assert 'href="/events?country=SYR"' in text
    assert 'name="type" value="ASSAULT" checked' in text
    assert '<span class="n">1</span>' in text


def test_the_facets_count_what_else_could_be_chosen(reading: TestClient) -> None:
    text = reading.get("/events?type=ASSAULT").text
    found = re.findall(r'name="type" value="(\w+)"[^>]*>.*?<span class="n">(\d+)</span>', text, re.DOTALL)
    assert dict(found)["PROTEST"] == "1"


def test_columns_are_the_users_choice(reading: TestClient) -> None:
    text = reading.get("/events?col=line&col=cameo").text
    assert re.findall(r'<th[^>]* scope="col">([^<]+)</th>', text) == ["What happened", "CAMEO"]


@pytest.mark.parametrize("page", ["/events/nope", "/articles/nope", "/actors/nope", "/nowhere"])
def test_what_is_not_there_is_told(reading: TestClient, page: str) -> None:
    answer = reading.get(page)
    assert answer.status_code == 404
    assert "There is no such page or record." in answer.text


def test_a_wrong_filter_is_told(reading: TestClient) -> None:
    answer = reading.get("/events?type=WAR")
    assert answer.status_code == 400
    assert "allowed are AGREE" in answer.text


def test_an_empty_selection_says_so(reading: TestClient) -> None:
    assert "No event fits these filters." in reading.get("/events?country=FRA").text
    assert reading.get("/?country=FRA").status_code == 200
    assert reading.get("/timeline?country=FRA").status_code == 200
    assert reading.get("/network?country=FRA").status_code == 200


def test_rejected_inputs_are_told_with_their_reason(reading: TestClient) -> None:
    text = reading.get("/sources").text
    assert "old.bin" in text
    assert "is no text; leave it out" in text


def test_the_language_stays_chosen(desk: TestClient) -> None:
    desk.get("/preferences?lang=ar&next=/events")
    assert 'dir="rtl"' in desk.get("/events").text
    desk.get("/preferences?theme=dark&next=/")
    assert 'data-theme="dark"' in desk.get("/events").text


def test_going_back_stays_on_the_desk(reading: TestClient) -> None:
    for away in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = reading.get("/preferences", params={"lang": "en", "next": away}, follow_redirects=False)
        assert answer.headers["location"] == "/"


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "geojson", "plover", "gdelt"])
def test_a_selection_is_exported_in_any_format(reading: TestClient, form: str) -> None:
    answer = reading.get("/export", params={"format": form, "type": "ASSAULT"})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.content) > 100


def test_ticked_rows_alone_are_exported(reading: TestClient) -> None:
    chosen = event_id(reading, "PROTEST")
    lines = reading.get("/export", params={"format": "jsonl", "id": chosen}).text.splitlines()
    assert len(lines) == 1
    assert chosen in lines[0]


def test_an_unknown_format_is_refused(reading: TestClient) -> None:
    assert reading.get("/export?format=exe").status_code == 400


def test_a_read_only_desk_offers_no_corrections(make_desk: MakeDesk) -> None:
    desk = make_desk(read_only=True)
    for page in ("/review", "/articles/raid", f"/events/{event_id(desk, 'ASSAULT')}"):
        text = desk.get(page).text
        assert 'action="/judge"' not in text
        assert "read-only" in text


def test_dyads_have_a_direction_and_links_have_none(reading: TestClient) -> None:
    desk = reading.app.state.desk  # type: ignore[attr-defined]
    assert data_parties.dyads(desk, Filters(), "party", 1, 10) == ()
    assert data_parties.mutual(desk, Filters(types=("ASSAULT",)), "country", 1, 10) == ()


def test_places_are_counted_with_their_leading_class(reading: TestClient) -> None:
    desk = reading.app.state.desk  # type: ignore[attr-defined]
    found = {row["name_en"]: (row["events"], row["quad"]) for row in data_parties.places(desk, Filters(), 10)}
    assert found == {"An Nur": (1, 4), "Az Zahra": (1, 1), "La Marsa": (1, 4)}
    pages_charts.warm(desk)


def test_a_place_has_a_page_of_its_own(reading: TestClient) -> None:
    (address,) = re.findall(r'href="(/places/at[^"]+SYR)"', reading.get("/places").text)
    text = reading.get(address.replace("&amp;", "&")).text
    assert "<h1><bdi>An Nur</bdi></h1>" in text
    assert "35.900, 36.600" in text
    assert "<bdi>النور</bdi>" in text
    (all_events,) = set(re.findall(r'href="(/events\?[^"]*)">All</a>', text))
    assert "Events: 1" in reading.get(all_events.replace("&amp;", "&")).text
    assert reading.get("/places/at?name=nowhere&country=SYR").status_code == 404


def test_the_bars_of_an_actor_lead_to_its_own_events(reading: TestClient) -> None:
    text = reading.get("/actors/army-SYR").text
    bars = re.findall(r'href="/events\?([^"]*from=[^"]*)"', text)
    assert bars
    assert all("party=army-SYR" in bar for bar in bars)
