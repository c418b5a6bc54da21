"""Reading news from files, folders, tables, feeds and crawls."""

from rasid.read.articles import articles

__all__ = ["articles"]
