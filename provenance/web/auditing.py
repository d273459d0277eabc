"""The audits that are in hand: one at a time, each in a thread that its processes work for."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from provenance.cli.audit_run import Course, Load, paced, run_audit
from provenance.cli.lists import opened_list
from provenance.cli.targets import describe_fault
from provenance.errors import ProvenanceError
from provenance.world import open_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Settings
    from provenance.model.audit import AuditReport
    from provenance.world import OpenWorld

_LOAD = Load(rate=1.0, workers=4)


@dataclass(slots=True)
class Audits:
    """The audits that this server runs, one at a time: each takes every processor."""

    now: Callable[[], datetime]
    load: Load = _LOAD
    stops: dict[int, threading.Event] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)

    def start(self, number: int, settings: Settings) -> bool:
        """Runs an audit that was begun, or goes on with it; False where another one runs."""
        if self.stops:
            return number in self.stops
        self.stops[number] = threading.Event()
        self.faults.pop(number, None)
        threading.Thread(target=self._run, args=(number, settings), daemon=True).start()
        return True

    def stop(self, number: int) -> None:
        """Ends an audit after the pages it is working on; nothing is lost."""
        if number in self.stops:
            self.stops[number].set()

    def _run(self, number: int, settings: Settings) -> None:
        try:
            with open_world(paced(settings, self.load), now=self.now) as world:
                report = self._audit(number, world)
                if report is not None:
                    world.store.frontier.end(number, report.checked_at, report.boilerplate)
        except ProvenanceError as error:
            self.faults[number] = str(error)
        except Exception as error:
            self.faults[number] = describe_fault(error)
        finally:
            del self.stops[number]

    def _audit(self, number: int, world: OpenWorld) -> AuditReport | None:
        course, frontier = Course(stop=self.stops[number]), world.store.frontier
        target, options = frontier.options(number)
        if not options.digest or frontier.is_discovered(number):
            return run_audit(number, world, self.load, course)
        with opened_list(target, options.column) as found:
            return run_audit(number, world, self.load, replace(course, found=found))
