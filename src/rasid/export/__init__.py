"""Documents to coded records, and records to every format the field uses."""

from rasid.export.coded import coded, rejected
from rasid.export.writers import FORMATS, Writer, open_writer
from rasid.export.written import Written, written

__all__ = ["FORMATS", "Writer", "Written", "coded", "open_writer", "rejected", "written"]
