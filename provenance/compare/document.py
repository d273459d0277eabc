"""Documents that two newsrooms both print: a statement, a letter, a decree, a transcript.

When all that two texts share is one or two blocks that both introduce as somebody's document, each
has it from whoever issued it; neither copied the other. Quotation marks are not needed for that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

_MOST_BLOCKS = 2
# Words between two stretches of one block; words of the shortest block that can be a document.
_GAP, _LEAST = 12, 40
# Letters before a block in which it is introduced.
_BEFORE = 200
_NAMES = (
    r"statement|letter|decree|transcript|communiqu[eé]|full text|text of|declaration|open letter"
    r"|erklärung|mitteilung|brief|wortlaut|abschrift|stellungnahme|verordnung|lettre|déclaration"
    r"|décret|texte intégral|tribune|declaración|comunicado|carta|decreto|texto íntegro|declaração"
    r"|transcripción|transcrição|comunicato|lettera|dichiarazione|testo integrale|verklaring"
    r"|заявлени[ея]|письм[оа]|указ|обращени[ея]|стенограмм[аы]|полный текст|текст"
    r"|заява|лист|oświadczenie|komunikat|list otwarty|dekret|bildiri|açıklama|mektup"
    r"|بيان|رسالة|مرسوم|نص|声明|全文|公开信|通告|書簡|성명|전문"
)
# "... said in a statement:", "The letter reads in full:", or a heading such as "Full text".
_INTRODUCED = re.compile(
    rf"(?:{_NAMES})[^.!?。！？\n]{{0,80}}(?:[:：][\s\"'“„«»‘(\[]*|\n[\s\"'“„«»‘(\[]*)\Z",
    re.IGNORECASE,
)
_STOPS, _SPACE = tuple(".!?。！？"), " \n\"'“„«»‘(["


def is_document(suspect: Prepared, source: Prepared, parts: Sequence[Stretch]) -> bool:
    """Whether all that is shared stands in one or two blocks that both texts introduce so."""
    ours = _blocks([(part.start, part.end) for part in parts])
    theirs = _blocks(sorted((part.source_start, part.source_end) for part in parts))
    return _introduced(suspect, ours) and _introduced(source, theirs)


def _blocks(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of words, those with little between them made one."""
    blocks: list[tuple[int, int]] = []
    for start, end in ranges:
        if blocks and start - blocks[-1][1] <= _GAP:
            blocks[-1] = (blocks[-1][0], max(end, blocks[-1][1]))
        else:
            blocks.append((start, end))
    return blocks


def _introduced(text: Prepared, blocks: Sequence[tuple[int, int]]) -> bool:
    if not 0 < len(blocks) <= _MOST_BLOCKS:
        return False
    return all(end - start >= _LEAST and _is_introduced(text, start) for start, end in blocks)


def _is_introduced(text: Prepared, word: int) -> bool:
    at = text.words.starts.item(word)
    before = text.text[max(0, at - _BEFORE) : at]
    # Most blocks follow a whole sentence, which introduces nothing.
    return not before.rstrip(_SPACE).endswith(_STOPS) and bool(_INTRODUCED.search(before))
