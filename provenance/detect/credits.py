"""Who is credited on pages without being copied: for pictures, for data, for services."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from provenance.detect.phrases import words
from provenance.detect.site_identity import key_of

_TELLING = 6


@cache
def _names(which: str) -> tuple[str, ...]:
    lines = files("provenance.detect").joinpath(f"data/{which}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _keys(which: str) -> frozenset[str]:
    return frozenset(map(key_of, _names(which)))


def is_picture_house(name: str) -> bool:
    """Whether a name is credited for pictures: agencies of photographs, stocks, platforms."""
    return key_of(name) in _keys("pictures")


def is_data_house(name: str) -> bool:
    """Whether a name is credited for figures: statistics offices, pollsters, databases."""
    key = key_of(name)
    if _STATISTICS.search(name):
        return True
    return any(key.startswith(known) for known in _keys("data") if len(known) >= _TELLING) or (
        key in _keys("data")
    )


def is_service(name: str) -> bool:
    """Whether a name stands for the software or services behind a page."""
    return key_of(name) in _keys("services")


def is_credit(text: str) -> bool:
    """Whether a short line opens as the credit of a picture or a recording does.

    "© AFP" alone may close a text: what makes a credit of it is somebody else after a slash.
    """
    opening = text.lstrip("([*_ ").lower()
    first = _FIRST_WORD.match(opening)
    labelled = first is not None and first.group(2) in _LABEL_MARKS
    if first is not None and first.group(1) in words("twin") and labelled:
        return True
    if opening.startswith(_PICTURED) or _PHOTO.match(opening):
        return True
    return opening.startswith(("©", "(c)")) and "/" in text


_FIRST_WORD = re.compile(r"([^\s:：/|.,]{1,30})\s?([:：/|.]|by\b|$)")
_LABEL_MARKS = {":", "：", "/", "|", ".", "by"}
_PICTURED = (
    *("photo", "foto", "image", "imagen", "imagem", "immagin", "bild:", "titelbild", "фото"),
    *("图片", "圖片", "写真", "사진", "صورة", "الصورة", "عکس", "ภาพ", "ảnh", "φωτο", "צילום"),
)
# "AP Photo/Anna Berg", "EPA-EFE/Anna Berg", "afp.com/Anna Berg", "Reuters/Anna Berg".
_PHOTO = re.compile(
    r"(?:[\w.-]{2,12}\s)?(?:file\s)?(?:photos?|pictures?|images?|foto|handout|pool)\b\s?(?:[:/]|by\b)"
    r"|[a-z]{2,5}\.com/\s?\w",
)


# How statistics offices are called wherever they are.
_STATISTICS = re.compile(
    r"statisti|statistq|štatisti|istatistik|tilasto|hagstofa|статисти|στατιστικ|統計|统计|통계"
    r"|thống kê|สถิติ|الإحصاء|للإحصاء|مرکز آمار|סטטיסטיקה|सांख्यिकी|পরিসংখ্যান",
    re.IGNORECASE,
)


@cache
def picture_pattern() -> re.Pattern[str]:
    """A pattern that finds picture houses named as whole words."""
    names = sorted(map(re.escape, _names("pictures")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
