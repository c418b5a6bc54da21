"""What a command reads: a store (a file), or a merged data set (a folder or an address)."""

from __future__ import annotations

import re
from pathlib import Path

from rasid import store
from rasid.errors import StoreError
from rasid.store import Store


def opened(path: Path, *, read_only: bool = True) -> Store:
    """The store, or the merged data set, at ``path``.

    Raises StoreError for a store as rasid.store.open does; for a data set when it is not merged as it is now, and
    whenever it is to be written. Raises OutputError where there is no whole data set.
    """
    if not is_dataset(path):
        return store.open(path, read_only=read_only)
    address = dataset_address(path)
    if not read_only:
        raise StoreError(f"{address}: is a data set, which is only read; judgements need a store (rasid ingest)")
    from rasid.scale.opening import dataset

    return dataset(address)


def is_dataset(path: Path) -> bool:
    """True for a folder or an address."""
    return "://" in dataset_address(path) or path.is_dir()


def dataset_address(path: Path) -> str:
    """The address as it was written: a path has lost one slash of ``s3://``."""
    return re.sub(r"^(\w{2,}):/(?=[^/])", r"\1://", str(path))
