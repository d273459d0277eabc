"""The import rules of the house, held by name; imports inside functions count too."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PACKAGE = Path(__file__).parent.parent / "provenance"
VERBS = {"read", "detect", "locate", "compare", "boilerplate", "judge", "render"}
FOUNDATION = {"text", "model", "errors"}
MAY_IMPORT = {
    "errors": set(),
    "model": set(),
    "text": {"model", "errors"},
    **dict.fromkeys(VERBS, FOUNDATION),
    "network": (VERBS - {"render"}) | FOUNDATION,
    "world": FOUNDATION,
    "jobs": (VERBS - {"render"}) | FOUNDATION | {"network"},
    "demo": VERBS | FOUNDATION | {"world", "jobs"},
    "library": VERBS | FOUNDATION | {"network", "world", "jobs"},
    "cli": VERBS | FOUNDATION | {"network", "world", "jobs", "demo", "web", "library"},
    "web": VERBS | FOUNDATION | {"world", "jobs", "cli"},
    "": VERBS | FOUNDATION | {"world", "jobs", "cli", "library"},
}
FENCES = {
    "sqlite_utils": ("world/store/",),
    "sqlite3": ("world/store/",),
    "requests": ("world/",),
    "urllib3": ("world/",),
    "waybackpy": ("world/archives/wayback.py",),
    "warcio": ("world/",),
    "click": ("cli/",),
    "starlette": ("web/",),
    "uvicorn": ("cli/serve.py",),
    "rapidfuzz": ("compare/", "text/"),
    "bs4": ("text/fragments.py",),
    "feedparser": ("world/",),
    "jinja2": ("render/",),
    "rfc3161_client": ("world/saved/timestamps.py",),
    "cryptography": ("world/saved/timestamps.py",),
    "trafilatura": ("read/",),
    "pyarrow": ("world/saved/parquet.py", "network/"),
    "duckdb": ("network/engines/local.py",),
    "pyspark": ("network/engines/spark.py",),
}
# Rooms whose ``__init__`` builds what the modules below it are: none of them may import it.
BUILT_FROM_BELOW = ("provenance.world",)
STANDARD_ONLY = ("model/", "errors.py")


def imports(source: str) -> Iterator[str]:
    """Every dotted name a module imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "relative import"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(relative: str) -> str:
    first = relative.split("/", maxsplit=1)[0]
    return "" if first in {"__init__.py", "__main__.py"} else first.removesuffix(".py")


def faults(relative: str, source: str) -> list[str]:
    """What a module at this path may not import, one line each."""
    import sys

    found = []
    for name in imports(source):
        if name == "relative import":
            found.append(f"{relative}: relative import")
            continue
        top = name.split(".")[0]
        if top == "provenance":
            parts = name.split(".")
            there = parts[1] if len(parts) > 1 else ""
            here = room(relative)
            known = there in MAY_IMPORT and there != ""
            if known and there != here and there not in MAY_IMPORT[here]:
                found.append(f"{relative}: {here or 'package'} may not import {name}")
        elif top in FENCES and not relative.startswith(FENCES[top]):
            found.append(f"{relative}: {top} belongs in {', '.join(FENCES[top])}")
        elif relative.startswith(STANDARD_ONLY) and top not in sys.stdlib_module_names | {""}:
            found.append(f"{relative}: {top} is not the standard library")
    return found


def dotted(relative: str) -> str:
    return f"provenance/{relative}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def import_graph(sources: dict[str, str]) -> dict[str, set[str]]:
    """Which modules each module imports, those imported for their types included."""
    names = {dotted(relative): source for relative, source in sources.items()}
    return {name: targets(source, names) - {name} for name, source in names.items()}


def targets(source: str, known: Collection[str]) -> set[str]:
    """The known modules that a source imports: ``from a import b`` is a.b where that is one."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    wanted = [
        (node.module or "", alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    whole = {f"{module}.{name}" for module, name in wanted}
    packages = {module for module, name in wanted if f"{module}.{name}" not in known}
    return (plain | whole | packages) & set(known)


def circle(graph: dict[str, set[str]]) -> list[str]:
    """The modules of one import circle, the first again at the end; none for no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def modules() -> list[str]:
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("relative", modules())
def test_house_rules(relative: str) -> None:
    assert faults(relative, (PACKAGE / relative).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("relative", "line"),
    [
        ("model/document.py", "import lxml"),
        ("model/document.py", "from provenance.text import words"),
        ("text/words.py", "from provenance.read import page"),
        ("read/page.py", "from provenance.detect import RULES"),
        ("compare/align.py", "import provenance.judge"),
        ("judge/ledger.py", "import requests"),
        ("world/http/web.py", "from provenance.read import read_document"),
        ("world/http/web.py", "import sqlite_utils"),
        ("world/archives/cdx.py", "import waybackpy"),
        ("jobs/check/page.py", "from provenance.world import open_world"),
        ("jobs/check/page.py", "from provenance.render import html"),
        ("jobs/check/page.py", "def f():\n    import click"),
        ("detect/traces.py", "import rapidfuzz"),
        ("render/report/html.py", "def f():\n    from provenance.world import web"),
        ("jobs/check/page.py", "from provenance.cli import cli"),
        ("read/page.py", "from . import text"),
        ("read/page.py", "import sqlite3"),
        ("network/batches.py", "from provenance.world.store import Store"),
        ("network/run.py", "import duckdb"),
        ("network/engines/local.py", "import pyspark"),
        ("jobs/network.py", "def f():\n    import pyarrow"),
        ("compare/align.py", "from provenance.network import stages"),
    ],
)
def test_each_forbidden_import_is_caught(relative: str, line: str) -> None:
    assert len(faults(relative, line)) >= 1


@pytest.mark.parametrize(
    ("relative", "line"),
    [
        ("read/page.py", "from provenance.text.urls import normalise"),
        ("jobs/check/page.py", "from provenance.compare import compare_documents"),
        ("cli/main.py", "import click"),
        ("world/http/web.py", "import requests"),
        ("compare/align.py", "import rapidfuzz"),
        ("model/document.py", "import dataclasses"),
        ("network/batches.py", "from provenance.compare import prepare"),
        ("jobs/network.py", "from provenance.network.run import run_stages"),
    ],
)
def test_allowed_imports_pass(relative: str, line: str) -> None:
    assert faults(relative, line) == []


def test_no_module_imports_one_that_imports_it() -> None:
    graph = import_graph({name: (PACKAGE / name).read_text("utf-8") for name in modules()})
    assert circle(graph) == []
    for package in BUILT_FROM_BELOW:
        assert [
            name for name in graph if name.startswith(f"{package}.") and package in graph[name]
        ] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("import provenance.read.b", "import provenance.read.a"),
        ("from provenance.read import b", "from provenance.read.a import X"),
        (
            "if TYPE_CHECKING:\n    from provenance.read.b import Y",
            "def f():\n    from provenance.read import a",
        ),
    ],
)
def test_a_circle_is_caught(first: str, second: str) -> None:
    graph = import_graph({"read/a.py": first, "read/b.py": second, "read/__init__.py": ""})
    assert set(circle(graph)) == {"provenance.read.a", "provenance.read.b"}


def test_a_type_from_the_package_above_is_an_import_of_it() -> None:
    sources = {"world/a.py": "from provenance.world import OpenWorld", "world/__init__.py": ""}
    assert import_graph(sources)["provenance.world.a"] == {"provenance.world"}


def test_nobody_names_a_dumping_ground() -> None:
    assert [name for name in modules() if Path(name).stem in {"utils", "helpers", "misc"}] == []
