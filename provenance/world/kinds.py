"""The kinds of services that there are: one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


class Kinds(Mapping[str, T]):
    """What stands in ``KINDS`` of the modules of a package, by kind; ``modules`` names them."""

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package, self._modules = package, modules

    def __getitem__(self, kind: str) -> T:
        module = import_module(f"{self._package}.{self._modules[kind]}")
        return cast("T", module.KINDS[kind])

    def __contains__(self, kind: object) -> bool:
        return kind in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)
