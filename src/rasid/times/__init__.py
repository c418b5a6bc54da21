"""Times: from the words of an Arabic newspaper to calendar values.

``find`` reads one sentence, ``stage`` a whole document (where «بعد ذلك بيومين» and «العام ذاته» are told from the date
before them), ``read`` a piece of text; ``choose`` picks the time that a phrase speaks of, ``bind`` gives each event of
a document the time that dates it. ``rules`` shows all rules in one place; the words are in ``lexicon/``.
"""

from rasid.times.bind import bind
from rasid.times.choose import choose
from rasid.times.find import find, read, stage

__all__ = ["bind", "choose", "find", "read", "stage"]
