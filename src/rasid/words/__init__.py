"""Sentences, tokens, clitics and folded forms."""

from rasid.words.fold import fold
from rasid.words.sentences import stage
from rasid.words.tokens import tokenize

__all__ = ["fold", "stage", "tokenize"]
