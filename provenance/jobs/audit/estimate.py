"""How long an audit will take, said before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model.audit import Estimate

if TYPE_CHECKING:
    from provenance.jobs.audit.run import Plan

# Seconds from one request to its answer, as sites usually take; seconds of a processor for a page,
# read, compared and reported (tests/bench/audit.py).
_ANSWER, _WORK = 0.5, 0.04


def estimate(plan: Plan, waiting: tuple[int, int, int], budget: float) -> Estimate:
    """What is to come: addresses that wait, their hosts, the most of one host.

    ``budget`` is how many seconds the look-ups of one page may take. Hosts are asked side by side,
    each at the pace of the plan, so the host with most pages takes longest. Pages are read
    meanwhile and checked afterwards.
    """
    pages, hosts, most = waiting
    apart = max(plan.pace or 0.0, _ANSWER) if plan.pace is not None else 0.0
    side_by_side = min(plan.fetchers, hosts) or 1
    answers = pages * _ANSWER / side_by_side if plan.pace is not None else 0.0
    fetching = max((most + 1) * apart if pages else 0.0, answers)
    half = pages * _WORK / plan.readers / 2
    return Estimate(
        pages=pages,
        hosts=hosts,
        seconds=max(fetching, half) + half,
        lookups=pages * budget / plan.checkers if plan.options.lookups else 0.0,
    )
