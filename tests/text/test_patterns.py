import re

import pytest

from provenance.text.patterns import compile_late


def test_a_late_pattern_does_what_a_compiled_one_does() -> None:
    late, compiled = (make(r"(?P<word>t\w+)", re.IGNORECASE) for make in (compile_late, re.compile))
    assert late.findall("Tide, tern") == compiled.findall("Tide, tern")
    assert late.sub(r"<\1>", "a tide") == "a <tide>"
    assert (late.pattern, late.flags, late.groupindex) == (
        compiled.pattern,
        compiled.flags,
        compiled.groupindex,
    )


def test_a_faulty_late_pattern_says_so_at_its_first_use() -> None:
    with pytest.raises(re.error):
        compile_late("(").search("")
