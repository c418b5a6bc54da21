"""Everything that can go wrong, in one tree.

    RasidError
    ├── InputError            one input cannot be read; the others go on (becomes a Rejected record)
    │   ├── EmptyInput            code "empty"
    │   ├── BinaryInput           code "binary"
    │   ├── EncodingInput         code "encoding"
    │   ├── NotArabic             code "not_arabic"
    │   ├── BrokenRecord          code "broken_record"
    │   ├── TooLarge              code "too_large"
    │   ├── MissingInput          code "missing"
    │   └── CodingCrash           code "crashed"
    ├── OutputError           the result cannot be written
    ├── LexiconError          a table row is wrong (file, line, column, what is allowed)
    ├── ModelError            a model file is missing or does not fit this version
    ├── StoreError            the store cannot be opened, read or written; nothing in it was changed
    │   ├── StoreMissing          there is no such file
    │   ├── StoreNewer            a newer Rasid made it
    │   ├── StoreOutdated         an older Rasid made it, and it is opened for reading only
    │   ├── StoreLocked           another process is writing to it
    │   ├── StoreDamaged          the file is cut short or was changed by something else
    │   ├── NotAStore             a file of another kind
    │   ├── StoreFull             the disk is full
    │   └── JudgementError        a judgement names what is not there, or gives a value that is not allowed
    ├── FeedListError         the file of feeds says what is not allowed
    ├── QueryError            a filter, an order or a query is not one that can be asked
    ├── WorkerError           a process that codes cannot begin
    └── PipelineError         stages stand in an order that cannot work

Each message says what was wrong, with which input, and what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class RasidError(Exception):
    """Base of all errors that Rasid raises on purpose."""


class InputError(RasidError):
    """One input cannot be coded. ``code`` is stable and machine-readable."""

    code: ClassVar[str] = "input"

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class EmptyInput(InputError):
    code = "empty"


class BinaryInput(InputError):
    code = "binary"


class EncodingInput(InputError):
    code = "encoding"


class NotArabic(InputError):
    code = "not_arabic"


class BrokenRecord(InputError):
    code = "broken_record"


class TooLarge(InputError):
    code = "too_large"


class MissingInput(InputError):
    code = "missing"


class CodingCrash(InputError):
    """The program failed on an article that it could read."""

    code = "crashed"


class OutputError(RasidError):
    """The result cannot be written where it was asked for."""


class LexiconError(RasidError):
    """A table row is wrong."""

    def __init__(self, file: str, line: int, column: str, allowed: str) -> None:
        super().__init__(f"{file}, line {line}, column {column}: {allowed}")


class ModelError(RasidError):
    """A model file is missing or was made for another version; reinstall Rasid or run ``make train``."""


class StoreError(RasidError):
    """The store cannot be opened, read or written. What was stored before is untouched."""


class StoreMissing(StoreError):
    """There is no such file."""


class StoreNewer(StoreError):
    """A newer Rasid made the store."""


class StoreOutdated(StoreError):
    """An older Rasid made the store, and it cannot be brought up to date while opened for reading only."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class StoreDamaged(StoreError):
    """The file is cut short or was changed by something else than Rasid."""


class NotAStore(StoreError):
    """The file is of another kind."""


class StoreFull(StoreError):
    """The disk is full."""


class JudgementError(StoreError):
    """A judgement names what is not in the store, or gives a value that is not allowed."""


class QueryError(RasidError):
    """A filter or a query cannot be asked; the message names the field and what is allowed."""


class FeedListError(RasidError):
    """The file of feeds that ``rasid watch`` reads is missing or says what is not allowed."""


class WorkerError(RasidError):
    """A process that codes cannot begin: tables or models cannot be loaded there."""


class PipelineError(RasidError):
    """A stage requires what no earlier stage assigns."""
