"""``rasid evaluate``: the figures of the codebook's section 7 for any coder's output."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import typer

from rasid import cli_run, export, pipeline
from rasid.evaluate import F1, Accuracy, Scores, pair, score
from rasid.gold import GoldArticle, Judged, place_coded, read_coded, read_gold

NOTHING_SCORED = 2


def evaluate(gold: Path, coded: Path | None, *, as_json: bool, errors: int) -> int:
    """Prints the scores; returns the exit status, 2 when there was nothing to score.

    Raises InputError for a file that cannot be read.
    """
    articles = read_gold(gold)
    found = read_coded(coded, articles) if coded else code(articles)
    scores = score(articles, found)
    if not scores.type.n:
        cli_run.complain(f"{gold}: nothing to score, it holds no gold mentions; name another file")
        return NOTHING_SCORED
    shown = [json.dumps(as_record(scores), ensure_ascii=False)] if as_json else lines(scores)
    for line in itertools.chain(shown, itertools.islice(mistakes(articles, found), errors)):
        typer.echo(line)
    return 0


def code(gold: Sequence[GoldArticle]) -> Mapping[str, tuple[Judged, ...]]:
    """The gold records' own texts, coded."""
    documents = pipeline.code(article.article() for article in gold)
    return place_coded((export.coded(document) for document in documents), gold)


def as_record(scores: Scores) -> dict[str, object]:
    """The scores for a machine: one object a figure, the types among them under ``by_type``."""
    record: dict[str, object] = {name: _object(figure) for name, figure in scores.parts()}
    record["by_type"] = {name: _object(figure) for name, figure in sorted(scores.by_type.items())}
    record["type_macro_f1"] = round(scores.type_macro_f1, 4)
    return record


def _object(figure: F1 | Accuracy) -> dict[str, float | None]:
    value = None if figure.value is None else round(figure.value, 4)
    if isinstance(figure, Accuracy):
        return {"accuracy": value, "n": figure.n}
    precision, recall = round(figure.precision, 4), round(figure.recall, 4)
    return {"p": precision, "r": recall, "f1": value or 0.0, "tp": figure.tp, "fp": figure.fp, "fn": figure.fn}


def lines(scores: Scores) -> Iterator[str]:
    """The scores for a reader: overall figures, then types."""
    yield f"{'figure':18}{'score':>7}{'precision':>11}{'recall':>8}{'n':>7}"
    yield from (_line(name, figure) for name, figure in scores.parts())
    yield f"{'mean over types':18}{scores.type_macro_f1:>7.3f}"
    yield ""
    yield f"{'type':18}{'F1':>7}{'precision':>11}{'recall':>8}{'n':>7}"
    yield from (_line(name, figure) for name, figure in sorted(scores.by_type.items()))


def _line(name: str, figure: F1 | Accuracy) -> str:
    value = "–" if figure.value is None else f"{figure.value:.3f}"
    parts = f"{figure.precision:>11.3f}{figure.recall:>8.3f}" if isinstance(figure, F1) else " " * 19
    return f"{name.replace('_', ' '):18}{value:>7}{parts}{figure.n:>7}"


def mistakes(gold: Sequence[GoldArticle], coded: Mapping[str, tuple[Judged, ...]]) -> Iterator[str]:
    """Missed and extra mentions: what, article, sentence, type, trigger; tab-separated."""
    for article in gold:
        found = pair(article, coded.get(article.id, ()))
        for what, mentions in (("missed", found.missed), ("extra", found.extra)):
            for mention in mentions:
                yield f"{what}\t{article.id}\t{mention.sentence}\t{mention.type}\t{mention.words}"
