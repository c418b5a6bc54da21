"""Made-up sample news, to try Rasid on before there is news of one's own."""

from pathlib import Path

NEWS = Path(__file__).parent / "news.jsonl"
"""JSONL, one invented article a line; see the README beside it."""
