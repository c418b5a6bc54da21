"""The mentions that a reader is shown: each party once, by its whole phrase."""

from __future__ import annotations

from dataclasses import replace

from rasid.names.article import country_of
from rasid.names.coding import Coder
from rasid.names.composing import Phrase, compose
from rasid.names.matching import led_by
from rasid.names.stage import of_table
from rasid.records import COMPOSED, Actor, Document, Evidence, Mention, Sentence


def shown(document: Document) -> tuple[Mention, ...]:
    """Names, countries, nationalities, seats, groups, media, and posts or bodies with all that belongs to them.

    ``document.mentions`` holds every word that the tables know, for the models; here each phrase stands once, in the
    order of the text, and words that name nobody are left out. Sentences without tokens keep their mentions as they
    are; empty before the stage of names.
    """
    if document.mentions is None:
        return ()
    bare = {sentence.index for sentence in document.sentences or () if not sentence.tokens}
    found = [mention for mention in document.mentions if mention.sentence in bare]
    coder = Coder(document)
    for sentence, hits in zip(coder.land.sentences, coder.land.hits, strict=True):
        phrases = compose(sentence, hits)
        found.extend(_mention(coder, sentence, phrase, document.article.text) for phrase in phrases)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(coder: Coder, sentence: Sentence, phrase: Phrase, text: str) -> Mention:
    tokens = sentence.tokens
    start, end = tokens[phrase.first].start + led_by(tokens, phrase.hit), tokens[phrase.last].end
    if phrase.composed:
        actor = coder.code(phrase.first, phrase.last, sentence.index)
        actor = replace(actor, start=start, end=end, text=text[start:end])
    else:
        entry = phrase.hit.entry
        known = of_table(coder, entry, country_of(phrase.hit, coder.land.published))
        actor = Actor(start, end, text[start:end], sentence.index, *known)
    by = COMPOSED if phrase.composed else "names.tables"
    return Mention(phrase.kind, sentence.index, actor, Evidence(by, actor.code, start, end))
