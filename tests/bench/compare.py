"""The aligner beside the tools that install from the package index, on the labelled pairs.

``python -m tests.bench.compare [FILE]`` prints a table; with a FILE it also writes it there between
the lines ``<!-- bench-compare -->`` and ``<!-- /bench-compare -->``. A peer that is not installed
is left out. Pairs are taken in turns by all tools, times are CPU seconds of this process.

Measures: plagdet (Potthast et al. 2010), micro F1 of characters, mean error of the copied share,
not-copied pairs with any report, quotations reported, area under the curve of the pair score.
"""

from __future__ import annotations

import difflib
import gzip
import hashlib
import importlib.util
import io
import json
import math
import os
import platform
import random
import re
import statistics
import sys
import time
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.compare import compare_texts, match
from provenance.model import Likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Found = dict[str, Any]
    Matcher = Callable[[str, str], Found]

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
SETS = {
    "reposts": "reuse-dev/reposts/dev.jsonl.gz",
    "pan13-verbatim": "reuse-dev/pan13-verbatim/dev.jsonl.gz",
    "clough-stevenson": "reuse-dev/clough-stevenson/dev.jsonl",
}
COPIED = ("edited", "light", "mixed", "noisy", "paraphrase", "partial", "verbatim")
_POSITIVE = {*COPIED, "cut", "light", "heavy", "para"}
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 5
_BEGIN, _END = "<!-- bench-compare -->", "<!-- /bench-compare -->"


def folder(name: str) -> Path:
    return SHARED / name


def digest(name: str) -> str:
    return hashlib.sha256((SHARED / SETS[name]).read_bytes()).hexdigest()


@cache
def _read(name: str) -> tuple[dict[str, Any], ...]:
    path = SHARED / SETS[name]
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return tuple(json.loads(line) for line in text.split("\n") if line)


def pairs(name: str, label: str | None = None) -> list[dict[str, Any]]:
    return [pair for pair in _read(name) if label is None or pair["label"] == label]


# ---------------------------------------------------------------- measures
def _length(ranges: Iterable[Sequence[int]]) -> int:
    total, end = 0, -1
    for start, stop in sorted((item[0], item[1]) for item in ranges):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


def _inside(ranges: Iterable[Sequence[int]], start: int, stop: int) -> list[tuple[int, int]]:
    cut = ((max(a, start), min(b, stop)) for a, b, *_ in ranges)
    return [(a, b) for a, b in cut if a < b]


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0]) and min(one[3], other[3]) > max(
        one[2], other[2]
    )


def _share(one: Sequence[int], others: Iterable[Sequence[int]]) -> float:
    met = [other for other in others if _meet(one, other)]
    got = _length(_inside(met, one[0], one[1]))
    got += _length(_inside([other[2:] for other in met], one[2], one[3]))
    return got / max(1, one[1] - one[0] + one[3] - one[2])


def _auc(scores: Sequence[float], truth: Sequence[bool]) -> float:
    yes = [score for score, is_true in zip(scores, truth, strict=True) if is_true]
    no = [score for score, is_true in zip(scores, truth, strict=True) if not is_true]
    if not yes or not no:
        return math.nan
    wins = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    return wins / len(yes) / len(no)


def figures(matcher: Matcher, chosen: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The measures of one matcher over pairs."""
    return measured(chosen, [matcher(pair["suspect"], pair["source"]) for pair in chosen])


def measured(chosen: Sequence[dict[str, Any]], found: Sequence[Found]) -> dict[str, float]:
    """The measures from what a matcher found in each pair."""
    result = {
        "auc": _auc(
            [float(item["score"]) for item in found], [p["label"] in _POSITIVE for p in chosen]
        )
    }
    if "spans" not in chosen[0] or found[0]["spans"] is None:
        return result
    recall: list[float] = []
    precision: list[float] = []
    grains: list[int] = []
    errors: list[float] = []
    both = gold = said = false = clean = quotations = 0
    for pair, item in zip(chosen, found, strict=True):
        spans = [list(map(int, span)) for span in item["spans"]]
        quotes = pair.get("quote_spans") or []
        spoken = [s for s in spans if _length(_inside(quotes, *s[:2])) * 2 >= s[1] - s[0]]
        spans = [span for span in spans if span not in spoken]
        quotations += len(spoken)
        recall += [_share(case, spans) for case in pair["spans"]]
        precision += [_share(span, pair["spans"]) for span in spans]
        grains += [n for case in pair["spans"] if (n := sum(_meet(case, s) for s in spans))]
        for side in (0, 2):
            ours = [span[side : side + 2] for span in spans]
            theirs = [case[side : side + 2] for case in pair["spans"]]
            both += _length(ours) + _length(theirs) - _length(ours + theirs)
            gold, said = gold + _length(theirs), said + _length(ours)
        share = abs(_length(spans) - _length(pair["spans"])) / max(1, len(pair["suspect"]))
        errors.append(share)
        clean += not pair["spans"]
        false += not pair["spans"] and bool(spans)
    exact, whole = _mean(precision), _mean(recall)
    granularity = _mean(grains) or 1.0
    result["plagdet"] = _harmonic(exact, whole) / math.log2(1 + granularity)
    result["granularity"] = granularity
    result["micro_f1"] = _harmonic(both / max(1, said), both / max(1, gold))
    result["share_error"] = _mean(errors)
    result["false_pairs"] = false / clean if clean else math.nan
    result["quotations"] = quotations
    return result


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def likenesses() -> dict[str, float]:
    """On real pairs: copies called a copy, and other pairs called one."""
    texts = {}
    with gzip.open(folder("pages-dev") / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            texts[page["id"]] = page["text"]
    hits, falses = [], []
    for line in (folder("pages-dev") / "pairs.jsonl").read_text("utf-8").strip().split("\n"):
        pair = json.loads(line)
        found = compare_texts(texts[pair["suspect_id"]], texts[pair["source_id"]])
        called = found.likeness not in (Likeness.SAME_EVENT, Likeness.UNRELATED)
        if pair["relation"] in ("verbatim", "excerpt", "light-edit", "rewritten"):
            hits.append(called)
        elif pair["relation"] != "translation":
            falses.append(called)
    return {"recall": _mean(hits), "false": _mean(falses)}


def disguised() -> float:
    """The share of disguised reposts that are called copied."""
    text = (folder("badinput-dev") / "obfuscated-reposts.jsonl").read_text("utf-8")
    rows = map(json.loads, text.strip().split("\n"))
    wanted = [pair for pair in rows if pair["want"] == "copy"]
    return _mean(
        [
            compare_texts(pair["repost"], pair["original"]).likeness is Likeness.COPIED
            for pair in wanted
        ]
    )


# ---------------------------------------------------------------- matchers
def ours(suspect: str, source: str) -> Found:
    return match(suspect, source)


def _covered(spans: list[list[int]], suspect: str) -> Found:
    return {"score": _length(spans) / max(1, len(suspect)), "spans": spans}


def difflib_words(suspect: str, source: str) -> Found:
    ours, theirs = list(_WORD.finditer(suspect.lower())), list(_WORD.finditer(source.lower()))
    matcher = difflib.SequenceMatcher(
        None, [m.group() for m in ours], [m.group() for m in theirs], autojunk=False
    )
    spans = [
        [
            ours[a].start(),
            ours[a + size - 1].end(),
            theirs[b].start(),
            theirs[b + size - 1].end(),
        ]
        for a, b, size in matcher.get_matching_blocks()
        if size >= _LEAST_WORDS
    ]
    return _covered(spans, suspect)


def rapidfuzz_token_set(suspect: str, source: str) -> Found:
    from rapidfuzz import fuzz

    return {"score": fuzz.token_set_ratio(suspect, source) / 100, "spans": None}


def text_matcher(suspect: str, source: str) -> Found:
    from text_matcher import matcher as tool

    with redirect_stdout(io.StringIO()):
        try:
            found = tool.Matcher(tool.Text(suspect, "a"), tool.Text(source, "b"))
            found.match()
        except (ValueError, IndexError, ZeroDivisionError):
            return _covered([], suspect)
    return _covered(
        [[*a, *b] for a, b in zip(found.locationsA, found.locationsB, strict=True)], suspect
    )


def copydetect(suspect: str, source: str) -> Found:
    from copydetect import CodeFingerprint
    from copydetect.utils import find_fingerprint_overlap, get_copied_slices

    size = 25
    prints = [
        CodeFingerprint("x.txt", size, 1, filter=False, fp=io.StringIO(text.lower()))
        for text in (suspect, source)
    ]
    one, other = prints
    at, there = find_fingerprint_overlap(one.hashes, other.hashes, one.hash_idx, other.hash_idx)
    slices = get_copied_slices(at, size)
    if not len(slices[0]):
        return _covered([], suspect)
    targets = [(int(a), int(b)) for a, b in zip(*get_copied_slices(there, size), strict=True)]
    spans = []
    for start, stop in zip(*slices, strict=True):
        place = source.lower().find(suspect.lower()[start : start + size])
        target = next((t for t in targets if t[0] <= place < t[1]), targets[0])
        spans.append([int(start), int(stop), *target])
    return _covered(spans, suspect)


def datasketch_minhash(suspect: str, source: str) -> Found:
    from datasketch import MinHash

    prints = []
    for text in (suspect, source):
        words = _WORD.findall(text.lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
        prints.append(sketch)
    return {"score": float(prints[0].jaccard(prints[1])), "spans": None}


def parasail_smith_waterman(suspect: str, source: str) -> Found:
    """The best local alignment, taken out, and again, up to eight times."""
    import parasail

    matrix = parasail.matrix_create("".join(map(chr, range(33, 127))), 2, -3)
    odd = re.compile(r"[^\x21-\x7e]")
    one, other = odd.sub("~", suspect.lower()), odd.sub("~", source.lower())
    spans = []
    for _ in range(8):
        found = parasail.sw_trace_striped_32(one, other, 6, 2, matrix)
        if found.score < 120:
            break
        across = along = 0
        for code in found.cigar.seq:
            size, kind = found.cigar.decode_len(code), found.cigar.decode_op(code).decode()
            across += size * (kind in "=XMI")
            along += size * (kind in "=XMD")
        end, upto = found.end_query + 1, found.end_ref + 1
        spans.append([end - across, end, upto - along, upto])
        one = one[: end - across] + "\x01" * across + one[end:]
        other = other[: upto - along] + "\x02" * along + other[upto:]
    return _covered(spans, suspect)


PEERS: dict[str, tuple[str, Matcher]] = {
    "parasail, Smith-Waterman repeated": ("parasail", parasail_smith_waterman),
    "text-matcher": ("text_matcher", text_matcher),
    "difflib on words": ("difflib", difflib_words),
    "copydetect, winnowing": ("copydetect", copydetect),
    "rapidfuzz, token_set_ratio": ("rapidfuzz", rapidfuzz_token_set),
    "datasketch, MinHash": ("datasketch", datasketch_minhash),
}


# ---------------------------------------------------------------- the run
def compared(chosen: Sequence[dict[str, Any]]) -> list[tuple[str, dict[str, float]]]:
    """Every tool over the same pairs, taken in turns, with its CPU milliseconds a pair."""
    tools: dict[str, Matcher] = {"provenance": ours}
    tools |= {
        name: tool for name, (module, tool) in PEERS.items() if importlib.util.find_spec(module)
    }
    found: dict[str, list[Found]] = {name: [] for name in tools}
    spent = dict.fromkeys(tools, 0.0)
    for name in list(tools):
        try:
            tools[name]("warm up, one two three four five", "warm up, one two three four five")
        except (LookupError, OSError, ImportError) as why:
            print(f"{name} is left out: {str(why).strip().splitlines()[0]}", file=sys.stderr)
            del tools[name]
    names = list(tools)
    for turn, pair in enumerate(chosen):
        for step in range(len(names)):
            name = names[(turn + step) % len(names)]
            began = time.process_time()
            found[name].append(tools[name](pair["suspect"], pair["source"]))
            spent[name] += time.process_time() - began
    return [
        (name, {**measured(chosen, found[name]), "cpu_ms": spent[name] / len(chosen) * 1000})
        for name in names
    ]


_COLUMNS = (
    ("plagdet", "plagdet", "{:.3f}"),
    ("micro F1", "micro_f1", "{:.3f}"),
    ("error of the share", "share_error", "{:.3f}"),
    ("clean pairs reported", "false_pairs", "{:.3f}"),
    ("quotations reported", "quotations", "{:.0f}"),
    ("AUC", "auc", "{:.4f}"),
    ("CPU ms a pair", "cpu_ms", "{:.2f}"),
)


def table(title: str, rows: Sequence[tuple[str, dict[str, float]]]) -> str:
    lines = [title, "", f"| tool | {' | '.join(name for name, _, _ in _COLUMNS)} |"]
    lines.append("| --- |" + " --- |" * len(_COLUMNS))
    for name, row in rows:
        cells = (form.format(row[key]) if key in row else "" for _, key, form in _COLUMNS)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def report(reposts: int = 150, pages: int = 30) -> str:
    chosen = random.Random(1)
    some = chosen.sample(pairs("reposts"), reposts)
    long = chosen.sample(pairs("pan13-verbatim"), pages)
    size = sum(len(p["suspect"]) + len(p["source"]) for p in some) // len(some)
    large = sum(len(p["suspect"]) + len(p["source"]) for p in long) // len(long)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n\n".join(
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d} ({machine}; CPU time of one core).",
            table(f"News reposts, {reposts} pairs of {size:,} characters:", compared(some)),
            table(f"Web pages, {pages} pairs of {large:,} characters:", compared(long)),
        )
    )


def main(arguments: Sequence[str]) -> None:
    if not folder("reuse-dev").is_dir():
        raise SystemExit(f"no labelled data at {SHARED}; name their folder in PROVENANCE_SHARED")
    text = report()
    print(text)
    for name in arguments[:1]:
        path = Path(name)
        before, found, rest = path.read_text("utf-8").partition(_BEGIN)
        _, closed, after = rest.partition(_END)
        if not found or not closed:
            raise SystemExit(f"{name}: no place for the table ({_BEGIN} ... {_END})")
        path.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
