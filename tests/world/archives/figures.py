"""The figures of archive look-ups: ``python -m tests.world.archives.figures``.

Classification of the recorded answers and of made faults, beside what waybackpy says of the same
faults; fetches to the first matching text among 200 captures; the cost of a look-up that is kept.
"""

from __future__ import annotations

import resource
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.jobs.check.appearance import first_matching
from provenance.model import Capture, ProviderSpec, Settings, Sighting
from provenance.world import open_world
from provenance.world.archives import build
from tests.servers.loopback import Answer, serve
from tests.servers.pywb import fill, serve_pywb
from tests.world.archives import pages, test_cdx, test_recorded
from tests.world.archives.build import NOW, WAYBACK, FakeWeb, answer
from tests.world.archives.recorded import FOLDER, interactions


def main() -> None:
    """Prints every figure."""
    if FOLDER.is_dir():
        recorded()
    faults()
    print()
    fetches()
    kept()


def recorded() -> None:
    print("recorded answers          expected   said       count")
    pairs = Counter(
        (test_recorded.kind(i), test_recorded.expected(i), test_recorded.said(i))
        for i in interactions()
        if test_recorded.kind(i) != "other"
    )
    for (kind, expected, said), count in sorted(pairs.items()):
        print(f"  {kind:22}  {expected:9}  {said:9}  {count:5}")
    wrong = sum(count for (_, expected, said), count in pairs.items() if expected != said)
    print(f"  wrong: {wrong} of {pairs.total()}")


def faults() -> None:
    """Each made fault over a real wire, to our provider and to waybackpy."""
    print("\nmade fault                should be  ours       waybackpy")
    wrong = 0
    for name, said, error, _ in test_cdx.FAULTS:
        if isinstance(said, ProviderError):
            continue
        expected = "blocked" if error is Refused else "unknown"
        ours, theirs = _ours(said), _waybackpy(said)
        wrong += ours != expected
        print(f"  {name:22}  {expected:9}  {ours:9}  {theirs}")
    print(f"  ours wrong: {wrong}")


def _ours(said: Capture) -> str:
    web = FakeWeb({test_cdx.INDEX: said, test_cdx.EARLIEST: answer("not archived", 404)})
    try:
        found = build(WAYBACK, web, lambda: NOW).sightings(test_cdx.URL)
    except Refused:
        return "blocked"
    except (Unavailable, Garbled):
        return "unknown"
    return "found" if found.items else "none"


def _waybackpy(said: Capture) -> str:
    from waybackpy import WaybackMachineCDXServerAPI

    if 300 <= (said.status or 0) < 400:
        return "follows it to wherever it leads"
    headers = {name: value for name, value in said.headers if name != "retry-after"}
    with serve(lambda _: Answer(said.body, said.status or 200, headers)) as server:
        client = WaybackMachineCDXServerAPI(test_cdx.URL)
        client.endpoint = f"{server.base}/cdx"
        try:
            rows = list(client.snapshots())
        except Exception as error:  # whatever it raises is its way of saying "could not"
            return type(error).__name__
    return "found" if rows else "NONE (wrong)"


def fetches() -> None:
    """The most and the mean number of fetches over every place the text may start among 200."""
    counts = [_fetched(200, start) for start in range(200)]
    print(
        f"first text among 200 captures: mean {sum(counts) / 200:.1f}, most {max(counts)} fetches"
    )


def _fetched(count: int, start: int) -> int:
    from tests.jobs.check.test_appearance import Archive, captures

    letters = "".join(chr(0x4E00 + number) for number in range(count))
    archive = Archive(letters[start:])
    found = first_matching(captures(letters), archive.read, archive.holds)
    if found.matching is None or found.matching.digest != letters[start]:
        raise AssertionError(f"the text that starts at {start} was not found")
    return len(archive.read_)


def kept() -> None:
    """One look-up against a real pywb, then the same from the store."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fill(folder / "pywb", {"news": pages.NEWS})
        with serve_pywb(folder / "pywb") as server:
            spec = ProviderSpec(name="pywb", kind="cdx", base_url=server.collection("news"))
            settings = Settings(
                archives=(spec,),
                database=str(folder / "kept.db"),
                allow_private=True,
                follow_private=True,
                pace=0.0,
            )
            first = _timed(settings, later=0)
            again = min(_timed(settings, later=number) for number in range(1, 6))
    print(f"one look-up, 9 captures: {first:.0f} ms of CPU first, {again:.1f} ms from the store")


def _look(settings: Settings, *, later: int) -> None:
    with open_world(settings, now=lambda: NOW + timedelta(minutes=later)) as world:
        archive = world.archives[0]

        def read(seen: Sighting) -> Capture:
            return archive.replay(seen)

        found = first_matching(
            archive.sightings(pages.STORY).items, read, lambda p: pages.TEXT.encode() in p.body
        )
    if found.matching is None or found.matching.at != pages.NEWS[2].at:
        raise AssertionError("the third of nine captures is the first with the text")


def _timed(settings: Settings, *, later: int) -> float:
    """Milliseconds of CPU that one look-up takes."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    _look(settings, later=later)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


if __name__ == "__main__":
    main()
