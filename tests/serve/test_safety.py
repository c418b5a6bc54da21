"""Safe by default: loopback only, passwords and keys, no writing from another site, bounded requests."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid import store as stores
from rasid.serve import keys, pages_session
from rasid.serve.app import create
from rasid.serve.keys import Scope
from rasid.serve.settings import Settings, UnsafeServing, is_loopback
from tests.serve.conftest import MakeDesk, report_id, token

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def forget_wrong_passwords() -> None:
    pages_session._wrong.clear()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example"])
def test_another_address_needs_a_password_or_keys(path: Path, host: str) -> None:
    with stores.open(path) as opened:
        with pytest.raises(UnsafeServing, match="--password-file"):
            create(opened, Settings(host=host))
        assert create(opened, Settings(host=host, password=PASSWORD))


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("10.0.0.1", False), ("x", False)]
)
def test_what_is_loopback(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_headers_are_strict(make_desk: MakeDesk) -> None:
    desk = make_desk()
    for page in ("/", "/static/desk.js", "/v1/health", "/nowhere"):
        headers = desk.get(page).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in headers


def test_a_foreign_name_that_points_here_is_refused(make_desk: MakeDesk) -> None:
    desk = make_desk()
    assert desk.get("/", headers={"host": "evil.example"}).status_code == 421
    assert desk.get("/", headers={"host": "localhost:8642"}).status_code == 200
    assert make_desk(hosts=("desk.example",)).get("/", headers={"host": "desk.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_writing_from_another_site_is_refused(make_desk: MakeDesk, headers: dict[str, str]) -> None:
    desk = make_desk()
    body = {"what": "reject", "target": report_id(desk, "PROTEST")}
    assert desk.post("/v1/judgements", json=body, headers=headers).status_code == 403
    assert desk.post("/judge", data={"token": token(desk), **body}, headers=headers).status_code == 403
    assert desk.get("/v1/judgements").json() == []


def test_large_requests_are_refused(make_desk: MakeDesk) -> None:
    desk = make_desk(largest=1000)
    assert desk.post("/v1/code", content=b"x" * 1001).status_code == 413
    pieces = (b"x" * 100 for _ in range(20))  # without a length
    answer = desk.post("/v1/code", content=pieces, headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_pages_ask_for_the_password(make_desk: MakeDesk) -> None:
    desk = make_desk(password=PASSWORD)
    answer = desk.get("/events?type=ASSAULT", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fevents%3Ftype%3DASSAULT"
    for page in ("/", "/articles/raid", "/export", "/export/gold", "/review"):
        assert "تظاهر" not in desk.get(page).text
    assert desk.get("/v1/events").status_code == 401


def sign_in(desk, password: str, next_page: str = "/"):  # type: ignore[no-untyped-def]
    sent = token(desk, "/login")
    return desk.post("/login", data={"token": sent, "password": password, "name": "Sami", "next": next_page})


def test_the_password_lets_in(make_desk: MakeDesk) -> None:
    desk = make_desk(password=PASSWORD)
    answer = sign_in(desk, PASSWORD, "/events?type=ASSAULT")
    assert str(answer.url).endswith("/events?type=ASSAULT")
    assert "Sami" in answer.text
    assert desk.get("/v1/events").status_code == 200
    desk.post("/logout", data={"token": token(desk)})
    assert desk.get("/events", follow_redirects=False).status_code == 303


def test_a_wrong_password_does_not_and_guessing_is_slowed(make_desk: MakeDesk) -> None:
    desk = make_desk(password=PASSWORD)
    for _ in range(5):
        assert sign_in(desk, "guess").status_code == 403
    assert sign_in(desk, PASSWORD).status_code == 403
    assert desk.get("/events", follow_redirects=False).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(make_desk: MakeDesk) -> None:
    cookie = make_desk(password=PASSWORD).get("/login").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" in make_desk(secure_cookies=True).get("/review").headers["set-cookie"].lower()


def test_a_forged_cookie_opens_nothing(make_desk: MakeDesk) -> None:
    desk = make_desk(password=PASSWORD)
    desk.cookies.set("rasid", "eyJzaWduZWRfaW4iOnRydWV9.aaaa.bbbb")
    assert desk.get("/events", follow_redirects=False).status_code == 303


def test_signing_in_leads_nowhere_else(make_desk: MakeDesk) -> None:
    desk = make_desk(password=PASSWORD)
    answer = desk.post(
        "/login",
        data={"token": token(desk, "/login"), "password": PASSWORD, "next": "https://evil.example"},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/"


def key(*scopes: Scope) -> tuple[str, keys.Key]:
    secret, lines = keys.made("bot", scopes)
    digest = lines.split('sha256 = "')[1].split('"')[0]
    return secret, keys.Key("bot", digest, frozenset(scopes))


def test_a_key_may_do_what_its_scopes_say(make_desk: MakeDesk) -> None:
    secret, reader = key(Scope.READ)
    other, judge = key(Scope.READ, Scope.JUDGE)
    desk = make_desk(keys=(reader, judge))
    assert desk.get("/v1/events").status_code == 401
    assert desk.get("/v1/events", headers={"authorization": "Bearer wrong"}).status_code == 401
    headers = {"authorization": f"Bearer {secret}"}
    assert desk.get("/v1/events", headers=headers).status_code == 200
    assert desk.post("/v1/code", headers=headers, json={"text": "x"}).status_code == 403
    body = {"what": "accept", "target": desk.get("/v1/articles/visit", headers=headers).json()["reports"][0]["id"]}
    assert desk.post("/v1/judgements", headers=headers, json=body).status_code == 403
    taken = desk.post("/v1/judgements", headers={"authorization": f"Bearer {other}"}, json=body)
    assert taken.json()[0]["who"] == "bot"


def test_with_keys_alone_another_address_has_no_pages(make_desk: MakeDesk) -> None:
    secret, reader = key(Scope.READ)
    desk = make_desk(host="0.0.0.0", keys=(reader,))
    assert desk.get("/events").status_code == 403
    assert desk.get("/v1/events", headers={"authorization": f"Bearer {secret}"}).status_code == 200


def test_a_signed_in_browser_needs_the_token_to_judge_by_the_api(make_desk: MakeDesk) -> None:
    desk = make_desk(password=PASSWORD)
    sign_in(desk, PASSWORD)
    body = {"what": "reject", "target": report_id(desk, "PROTEST")}
    assert desk.post("/v1/judgements", json=body).status_code == 403
    assert desk.post("/v1/judgements", json=body, headers={"x-token": token(desk)}).status_code == 201


def test_keys_are_read_from_their_file(tmp_path: Path) -> None:
    secret, lines = keys.made("bot", [Scope.READ, Scope.CODE])
    file = tmp_path / "keys.toml"
    file.write_text(lines, encoding="utf-8")
    assert secret not in lines
    (found,) = keys.read(file)
    assert keys.found([found], secret) == found
    assert keys.found([found], "other") is None
    assert found.scopes == {Scope.READ, Scope.CODE}


@pytest.mark.parametrize(
    "text", ["[[key]]\nname = 'x'\n", "not toml", "[[key]]\nname='x'\nsha256='y'\nscopes=['all']\n"]
)
def test_a_wrong_file_of_keys_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(keys.KeysError, match=r"keys\.toml"):
        keys.read(file)
