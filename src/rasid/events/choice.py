"""Who finds the events, and how sure they must be: chosen once for a process, handed to its workers."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.errors import ModelError

MODELS, TABLES, NEURAL, LLM = "models", "tables", "neural", "llm"


@dataclass(frozen=True, slots=True)
class Choice:
    """``finder`` is models, tables, neural or llm; ``what`` the folder or name of a neural model, or MODEL@URL.

    ``least`` is the confidence from which an event is kept (0 to 1); None keeps what gives the best type F1.
    """

    finder: str = MODELS
    what: str = ""
    least: float | None = None


class _Chosen:
    choice = Choice()


def use(choice: Choice) -> None:
    """Events are found as ``choice`` says, from now on and in this process."""
    _Chosen.choice = choice


def in_use() -> Choice:
    """What was chosen last."""
    return _Chosen.choice


def parse(told: str, *, least: float | None = None) -> Choice:
    """The choice that ``models``, ``tables``, ``neural:FOLDER`` or ``llm:MODEL@URL`` names.

    Raises ModelError for anything else.
    """
    finder, _, what = told.partition(":")
    plain = finder in (MODELS, TABLES) and not what
    if plain or (finder == NEURAL and what) or (finder == LLM and "@" in what.strip("@")):
        return Choice(finder, what, least)
    raise ModelError(f"{told!r} names no finder of events; write models, tables, neural:FOLDER or llm:MODEL@URL")
