"""FEEDS.toml: what it may say, and what is said of mistakes in it."""

import datetime
import re
from pathlib import Path

import pytest

from rasid.errors import FeedListError
from rasid.watch import Feed, Manners, Text, load

GOOD = """
[watch]
every_minutes = 30
contact = "https://example.org"

[[feed]]
url = "https://a.example/rss"
publisher = "صحيفة"
text = "headline"
every_minutes = 5

[[feed]]
url = "http://b.example/feed.json"
"""


def test_a_good_file(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text(GOOD, encoding="utf-8")
    listed = load(path)
    assert listed.manners == Manners(every_minutes=30, contact="https://example.org")
    assert listed.feeds[0] == Feed("https://a.example/rss", "صحيفة", Text.HEADLINE, 5)
    assert [feed.every(listed.manners) for feed in listed.feeds] == [
        datetime.timedelta(minutes=5),
        datetime.timedelta(minutes=30),
    ]


FEED = '[[feed]]\nurl = "https://a.example"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no feed"),
        ("[watch]\n", "names no feed"),
        ("feed = 3", "names no feed"),
        ("x = [", "no TOML"),
        ("[[feed]]\n", "url"),
        ('[[feed]]\nurl = "ftp://a.example"\n', "http"),
        ('[[feed]]\nurl = "https://[a"\n', "http"),
        (FEED + 'text = "all"\n', "page, feed, headline"),
        (FEED + "every_minutes = 0\n", "above 0"),
        (FEED + "every_minutes = true\n", "above 0"),
        (FEED + "publisher = 3\n", "quotation"),
        (FEED + "colour = 3\n", "colour"),
        (FEED + FEED, "twice"),
        ("feed = [3]", "table"),
        ("[watch]\nspeed = 3\n" + FEED, "speed"),
        ("[watch]\nhost_seconds = 'a'\n" + FEED, "host_seconds"),
        ("[watch]\nhost_seconds = -1\n" + FEED, "host_seconds"),
        ("[watch]\nrobots = 1\n" + FEED, "robots"),
        ("[watch]\npages = 1.5\n" + FEED, "pages"),
        ("[watch]\npages = true\n" + FEED, "pages"),
        ("watch = 1\n" + FEED, "table"),
    ],
)
def test_mistakes_are_named(tmp_path, text, told):
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FeedListError, match=told):
        load(path)


def test_a_missing_file_and_one_in_another_encoding(tmp_path):
    with pytest.raises(FeedListError, match="cannot be read"):
        load(tmp_path / "none.toml")
    path = tmp_path / "feeds.toml"
    path.write_bytes("# صحيفة".encode("cp1256"))
    with pytest.raises(FeedListError, match="no TOML"):
        load(path)


def test_the_example_in_the_documentation_says_the_defaults(tmp_path):
    page = Path(__file__).parents[2].joinpath("docs", "watch.md").read_text(encoding="utf-8")
    path = tmp_path / "feeds.toml"
    path.write_text(re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0], encoding="utf-8")
    listed = load(path)
    assert listed.manners == Manners(contact="https://example.org/about-our-crawler")
    assert [feed.text for feed in listed.feeds] == [Text.PAGE, Text.FEED]
