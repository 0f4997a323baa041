"""Topics as people type them: a line of words parted by commas, and back again.

taggit's own reading takes "data pemilih" for two topics when it stands alone.
"""

from news import richtext

LENGTH = 100


def parse(typed: str) -> list[str]:
    """Return the topics of a typed line: in order, each once whatever its capitals."""
    found: dict[str, str] = {}
    for part in (typed or "").split(","):
        name = richtext.plain(part)[:LENGTH].strip()
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def join(tags) -> str:
    """Return the line that `parse` reads as these tags."""
    return ", ".join(sorted(tag.name for tag in tags))
