"""Reports of one happening become one event: across articles, publishers and days, with reasons, and reversibly.

    told = from_coded(record, text)                 # the light records, for each coded article
    existing = ...                                  # every event near one of reach(told), with its reports
    events = join(told, existing, rulings)          # events that are new or changed
    links(known)                                    # planned → reported, planned → cancelled

Pure functions: no store, no clock, no chance. Same reports and rulings, same events.
"""

from rasid.merge.joining import join, join_along, reach
from rasid.merge.linking import links
from rasid.merge.reading import content_words, from_coded
from rasid.merge.records import Days, Joined, Known, Link, Member, Party, Reach, Ruling, Spot, Told
from rasid.merge.tallies import Range, count, independent, span, tolls

__all__ = [
    "Days",
    "Joined",
    "Known",
    "Link",
    "Member",
    "Party",
    "Range",
    "Reach",
    "Ruling",
    "Spot",
    "Told",
    "content_words",
    "count",
    "from_coded",
    "independent",
    "join",
    "join_along",
    "links",
    "reach",
    "span",
    "tolls",
]
