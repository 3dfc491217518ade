"""The rules of the house: direction, thin pages, names, words, packaging, and what may not stand in a file."""

import ast
import os
import re
import string
import subprocess
import sys
import tomllib
import unicodedata
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from setuptools import find_packages

from dashboard.words.errors import ERRORS
from geo import context_tables, cube_tables, field_tables, plan_tables

ROOT = Path(__file__).parents[1]
# Every module that adds tables; they share one list of them.
metadata = {module.metadata for module in (context_tables, cube_tables, field_tables, plan_tables)}.pop()
PACKAGES = ("boundaries", "geo", "queries", "dashboard")
LONGEST_FILE = 350
LONGEST_PAGE = 100
FORBIDDEN_FILE_NAMES = {"utils", "helpers", "common", "base", "manager", "misc"}
# English words for levels are ambiguous, and Indonesian nouns take no -s (docs/glossary.md).
FORBIDDEN_WORDS = re.compile(
    r"(?:^|_)(district|districts|regency|regencies|village|villages|wilayahs|provinsis|kabupatens|kecamatans|desas|desils"
    r"|kelurahans|kodes)(?:_|$)"
)
HOSTS_THAT_MAY_BE_NAMED = {"localhost", "127.0.0.1", "www.apache.org", "www.w3.org"}


# What .gitignore names, and git's own folder: a checkout without git must pass too.
NOT_OURS = {".git", ".venv", ".venv-peer", "__pycache__", ".pytest_cache", ".ruff_cache", ".import_linter_cache",
            ".hypothesis", "build", "dist", "petadesil.egg-info"}  # fmt: skip


@cache
def tracked_files() -> tuple[Path, ...]:
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(set(folders) - NOT_OURS)
        found += [Path(folder) / name for name in sorted(names)]
    return tuple(found)


def modules(*folders: str) -> list[Path]:
    return [path for path in tracked_files()
            if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in (folders or PACKAGES)]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_go_down_the_house_only():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        cwd=ROOT, capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stdout


def test_every_file_says_in_one_sentence_what_it_is_for():
    silent = []
    for path in modules():
        first = (ast.get_docstring(tree(path)) or "").split("\n\n")[0]
        is_empty = path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip()
        if not is_empty and (not first.endswith(".") or len(first) > 240):
            silent.append(name(path))
    assert silent == []


def test_files_are_short():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_file_has_a_name_that_says_nothing():
    assert [name(path) for path in modules() if path.stem in FORBIDDEN_FILE_NAMES] == []


def test_pages_are_thin():
    pages = [path for path in modules("dashboard") if path.parent.name == "pages" and path.stem != "__init__"]
    assert len(pages) >= 3
    for path in pages:
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) < LONGEST_PAGE, name(path)
        functions = [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]
        assert "render" in functions, name(path)
        assert not re.search(r"\bselect\(|\.groupby\(|sqlalchemy|#[0-9a-fA-F]{6}\b", source), name(path)


def test_only_the_cache_joins_streamlit_to_queries():
    using = [name(path) for path in modules("dashboard") if re.search(r"st\.cache_", path.read_text(encoding="utf-8"))]
    assert using == ["dashboard/cache.py"]


def test_only_the_configuration_reads_the_environment():
    reading = [name(path) for path in modules()
               if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))]
    assert reading == ["geo/config.py"]


def test_no_dashboard_module_hides_another():
    """`dashboard/` comes first on sys.path when Streamlit runs the script, so its names must be its own."""
    taken = set(sys.stdlib_module_names) | set(packages_distributions()) | set(PACKAGES)
    # A script's sibling is found before an installed package; the project's own top level is what it must not hide.
    names = {path.stem for path in (ROOT / "dashboard").iterdir()} - {"__init__", "__pycache__"}
    assert names & (taken - {"dashboard"}) == set()


def test_identifiers_use_the_words_of_the_glossary():
    wrong = []
    for path in modules():
        for node in ast.walk(tree(path)):
            names = []
            if isinstance(node, ast.Name):
                names = [node.id]
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names = [node.name]
            elif isinstance(node, ast.arg):
                names = [node.arg]
            elif isinstance(node, ast.Attribute):
                names = [node.attr]
            wrong += [f"{name(path)}: {word}" for word in names if FORBIDDEN_WORDS.search(word.lower())]
    assert wrong == []


def glossary_terms() -> set[str]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return set(re.findall(r"`([a-z0-9_]+)`", text))


def test_every_column_is_in_the_glossary():
    columns = {column.name for table in metadata.tables.values() for column in table.columns}
    assert columns - glossary_terms() == set()


def test_every_table_is_in_the_glossary():
    assert set(metadata.tables) - glossary_terms() == set()


def test_every_count_that_a_query_gives_is_in_the_glossary():
    given = set()
    for path in modules("queries"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                given |= set(re.findall(r"^[a-z0-9_]+_(?:count|rate|idr|km2)$", node.value))
    assert len(given) > 15
    assert given - glossary_terms() == set()


def raised_errors() -> list[tuple[str, str, set[str] | None]]:
    """Return (file, code, names of the details) of each error raised by a constant code."""
    found = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            callee = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if re.fullmatch(r"(Boundary|Geo|Query|Dashboard)Error", callee):
                details = {keyword.arg for keyword in node.keywords}
                found.append((name(path), node.args[0].value, None if None in details else details))
    return found


def test_every_error_has_its_sentence_in_both_languages():
    raised = raised_errors()
    assert len(raised) > 30
    assert {code for _, code, _ in raised} - set(ERRORS) == set()
    assert [code for code, texts in ERRORS.items() if set(texts) != {"id", "en"}] == []


def test_a_sentence_is_given_all_that_it_names():
    lacking = []
    for file, code, details in raised_errors():
        for language, text in ERRORS[code].items():
            fields = {field for _, field, _, _ in string.Formatter().parse(text) if field}
            if details is not None and fields - details:
                lacking.append(f"{file}: {code} ({language}) lacks {sorted(fields - details)}")
    assert lacking == []


def test_every_package_is_in_the_wheel_and_none_may_be_uploaded():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    include = project["tool"]["setuptools"]["packages"]["find"]["include"]
    folders = {name(path.parent).replace("/", ".") for path in modules() if path.name == "__init__.py"}
    assert set(find_packages(str(ROOT), include=include)) == folders
    with_code = {name(path.parent).replace("/", ".") for path in modules()} - {
        "geo.migrations", "geo.migrations.versions"}
    assert with_code <= folders
    assert "Private :: Do Not Upload" in project["project"]["classifiers"]


def test_locks_have_hashes_and_no_address():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9._-]+(?:\[.*\])?==", text, flags=re.MULTILINE)
        assert len(pins) > 40
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_no_file_names_a_host_or_a_path_of_one_machine():
    named = []
    for path in tracked_files():
        if path.suffix in {".png", ".lock"} or path.name == "LICENSE":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for host in re.findall(r"https?://([A-Za-z0-9.-]+)", text):
            if host not in HOSTS_THAT_MAY_BE_NAMED:
                named.append(f"{name(path)}: {host}")
        if re.search(r"(?<![\w/.])/(?:root|work)/", text) and path != Path(__file__):
            named.append(f"{name(path)}: a path of one machine")
    assert named == []


def test_there_are_no_banners_and_no_emoji():
    wrong = []
    for path in tracked_files():
        if path.suffix not in {".py", ".md", ".sql", ".css", ".toml", ""} or path.name in {"LICENSE"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if re.search(r"^\s*(#|--|/\*)\s*[-=*#]{8,}", text, flags=re.MULTILINE):
            wrong.append(f"{name(path)}: banner")
        if any(unicodedata.category(letter) == "So" and ord(letter) > 0x2BFF for letter in text):
            wrong.append(f"{name(path)}: emoji")
    assert wrong == []


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "LICENSE", "docs/glossary.md", "docs/method.md"])
def test_the_documents_are_there(document):
    assert len((ROOT / document).read_text(encoding="utf-8")) > 400


def test_continuous_integration_runs_the_readmes_test_command():
    assert "./petadesil test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "./petadesil test" in (ROOT / "README.md").read_text(encoding="utf-8")
