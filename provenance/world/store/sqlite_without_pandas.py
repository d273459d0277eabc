"""Reads sqlite_utils without pandas, which it imports wherever that is installed.

That takes half a second of every command, for kinds of columns that are never used here.
"""

from __future__ import annotations

import sys
from importlib import import_module

if "pandas" not in sys.modules:
    # What stands as None among the modules cannot be imported.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        import_module("sqlite_utils")
    finally:
        del sys.modules["pandas"]
