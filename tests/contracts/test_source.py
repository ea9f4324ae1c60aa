"""Rules about the code itself."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("site_core", "press", "pages", "subscriptions")
# What each app may import of the others.
ALLOWED = {"site_core": set(), "press": {"site_core"}, "pages": {"site_core", "press"}, "subscriptions": {"site_core"}}
MOST_LINES = 400


def python_files() -> list[Path]:
    return [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def imported_apps(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names & set(APPS)


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    assert imported_apps(path) <= ALLOWED[app] | {app}


def test_no_import_inside_a_function_dodges_a_cycle() -> None:
    found = []
    for path in python_files():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name != "ready":
                found += [
                    f"{path.name}:{node.lineno}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                ]
    assert found == []


def test_modules_are_small_and_none_is_a_drawer_for_odds_and_ends() -> None:
    sources = [path for path in python_files() if path.parent.name != "demo"]
    assert [path.name for path in sources if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES] == []
    assert [path for path in sources if path.name in {"utils.py", "helpers.py"}] == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_nothing_inline_that_a_strict_policy_blocks(path: Path) -> None:
    markup = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", markup)
    assert not re.search(r"<script(?![^>]*\ssrc=)", markup)


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_open_with_what_they_extend_and_name_what_they_close(path: Path) -> None:
    markup = path.read_text(encoding="utf-8")
    assert "{% extends" not in markup or markup.startswith("{% extends")
    assert "{% endblock %}" not in markup


def test_motif_is_drawn_from_the_list_of_municipalities() -> None:
    from site_core.municipalities import motif_svg

    assert (ROOT / "static" / "images" / "motif.svg").read_text(encoding="utf-8") == motif_svg()
