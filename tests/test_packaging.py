"""What the package says of itself is true."""

import re
import sys
import tomllib
from pathlib import Path

import rasid
from rasid import data
from rasid.codebook import types
from rasid.export import FORMATS

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_wheel_carries_the_tables_where_they_are_looked_for() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"lexicon": "rasid/data/lexicon"}
    looked_for = Path(data.__file__).parent / "lexicon"
    assert looked_for.relative_to(Path(rasid.__file__).parent.parent).as_posix() == "rasid/data/lexicon"


def test_changelog_opens_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## (\S+)", text, re.MULTILINE)
    assert found is not None
    assert found[1] == rasid.__version__


# Parts that only run where their extra is installed.
_EXTRAS = {
    "scale/cluster.py": "scale",
    "scale/labour.py": "scale",
    "scale/lending.py": "scale",
    "events/minds/llm.py": "llm",
    "events/minds/neural.py": "neural",
}


def _modules(listed: list[str]) -> set[str]:
    return {re.split(r"[\[><=]", name)[0].replace("-", "_").lower() for name in listed}


def test_every_module_that_is_imported_is_a_dependency() -> None:
    for path in (ROOT / "src" / "rasid").rglob("*.py"):
        extra = _EXTRAS.get(path.relative_to(ROOT / "src" / "rasid").as_posix())
        known = _modules(PROJECT["project"]["dependencies"])
        known |= _modules(PROJECT["project"]["optional-dependencies"][extra]) if extra else set()
        imported = set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        foreign = {name.lower() for name in imported - set(sys.stdlib_module_names) - {"rasid"}}
        assert foreign <= known, f"{path} imports {foreign - known}"


def test_the_readme_names_every_format() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in FORMATS)


def test_the_schema_knows_the_types_of_the_codebook() -> None:
    text = (ROOT / "docs" / "schema" / "coded-1.json").read_text(encoding="utf-8")
    assert all(f'"{name}"' in text for name in types())
