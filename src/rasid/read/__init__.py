"""Reading news from files, folders, tables, feeds and crawls."""

from rasid.read.articles import article_of, articles, dated, drafts, read_opened
from rasid.read.copies import linked
from rasid.read.draft import RELIABILITY, DateSource, Draft
from rasid.read.options import Options

__all__ = [
    "RELIABILITY",
    "DateSource",
    "Draft",
    "Options",
    "article_of",
    "articles",
    "dated",
    "drafts",
    "linked",
    "read_opened",
]
