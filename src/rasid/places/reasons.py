"""Why a place was pinned, or why not."""

from __future__ import annotations

import enum


class Reason(enum.StrEnum):
    """Reason codes of ``Place.reason``. The last four leave the place without coordinates."""

    UNIQUE = "unique"  # the gazetteer knows one bearer of the name
    CONTAINED = "contained"  # chosen by the place that the phrase puts it in
    NATIONALITY = "nationality"  # chosen by the nationality in the phrase
    CONTEXT = "context"  # chosen by the countries and places of the article
    PROMINENT = "prominent"  # chosen by population, nothing speaks for another bearer
    ANAPHOR = "anaphor"  # «العاصمة», «البلاد», «المدينة»: what the article spoke of before
    METONYM = "metonym"  # pinned, but the name acts as a government or group and tells no place
    AMBIGUOUS = "ambiguous"  # several bearers, none clearly the one
    UNKNOWN = "unknown"  # no gazetteer entry; the country is the context's
    WEAK = "weak"  # one far-off small bearer that nothing in the article supports
    NO_CONTEXT = "no_context"  # nothing earlier that an anaphor could stand for
