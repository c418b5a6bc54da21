"""Places of a plain text, for the command line and for tests."""

from __future__ import annotations

import datetime

from rasid.places.stage import stage
from rasid.records import Article, Document, Place, Sentence
from rasid.words.sentences import spans
from rasid.words.tokens import tokenize


def read(text: str, *, published: datetime.date | None = None) -> tuple[Place, ...]:
    """Every place phrase of ``text`` (a sentence or a few), resolved among themselves."""
    article = Article("text", None, text, published=published)
    tokens = tokenize(text)
    sentences = tuple(
        Sentence(index, start, end, tuple(token for token in tokens if start <= token.start < end))
        for index, (start, end) in enumerate(spans(text))
    )
    return stage(Document(article, sentences=sentences)).places or ()
