"""The public side cannot reach a desk copy, because it never names one."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DESK = {
    *("Article", "Revision", "Approval", "Transition", "Imported", "ArticleTag"),
    *("ArticleAttachment", "Attachment", "attachments"),
    *("workflow", "drafting", "desk", "admin", "importing"),
}
PUBLIC = [
    *sorted((ROOT / "news/public").glob("*.py")),
    ROOT / "news/presenting.py",
    ROOT / "news/downloads.py",
    ROOT / "news/corrections.py",
    ROOT / "news/counting.py",
    ROOT / "news/ranking.py",
    ROOT / "news/statistics.py",
    ROOT / "news/charts.py",
    ROOT / "news/finding.py",
    ROOT / "news/search.py",
    ROOT / "news/snippets.py",
]
TEMPLATES = [
    *sorted((ROOT / "templates/news").glob("*.html")),
    ROOT / "templates/base.html",
]


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_public_code_never_names_the_desk(path):
    named = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            named |= {*node.module.split("."), *(alias.name for alias in node.names)}
        elif isinstance(node, ast.Import):
            named |= {part for alias in node.names for part in alias.name.split(".")}
        elif isinstance(node, ast.Attribute):
            named.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            named |= {"Article"} if "article__" in node.value else set()
    assert named & (DESK | {"article"}) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_public_templates_reach_no_desk_copy(path):
    text = path.read_text()
    assert (
        re.findall(r"\.article\b|revision\.article|\|\s*safe\b|mark_safe", text) == []
    )


def test_there_is_something_to_hold_to_the_rule():
    assert len(PUBLIC) > 4
    assert len(TEMPLATES) > 4
