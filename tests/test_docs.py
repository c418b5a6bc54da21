"""The examples in the documentation print what the documentation says they print."""

import pytest

from docs import examples


def test_the_readme_carries_an_article_to_its_events() -> None:
    readme = examples.pages()[0].read_text(encoding="utf-8")
    assert "$ rasid code report.txt" in readme
    assert "```text report.txt" in readme


def test_every_example_prints_what_the_page_says() -> None:
    assert examples.stale() == []


def test_an_example_that_prints_something_else_is_seen() -> None:
    page = "```console\n$ rasid --version\nrasid 0\n```\n"
    assert examples.fresh(page) != page
    assert examples.fresh(examples.fresh(page)) == examples.fresh(page)


def test_only_rasid_is_run() -> None:
    with pytest.raises(ValueError, match="only `rasid` commands are run"):
        examples.fresh("```console\n$ make demo\n```\n")
