"""Documents to coded records, and records to every format the field uses."""

from rasid.export.coded import coded, rejected
from rasid.export.writer import Writer
from rasid.export.writers import FORMATS, STORED_FORMATS, open_writer
from rasid.export.written import Written, written

__all__ = ["FORMATS", "STORED_FORMATS", "Writer", "Written", "coded", "open_writer", "rejected", "written"]
