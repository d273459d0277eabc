"""Pages of the seed's make: a copy that ends in a bare pointer to its source, amid banners."""

from __future__ import annotations

import pytest

from provenance.detect import detect_signals
from provenance.judge.declared import declare
from provenance.model import Attribution, Declaration, Derivation
from provenance.read import read_capture
from tests.bench.read import capture_of

WORDS = {
    "en": ("Source link", "The ferry is back at the quay, and the town came down to look."),
    "de": ("Link zur Quelle", "Die Fähre liegt wieder am Kai, und die ganze Stadt ist da."),
    "fr": ("Lien vers l'article original", "Le bac est de retour, et toute la ville regarde."),
    "es": ("Enlace a la fuente", "El barco ha vuelto al muelle, y el pueblo ha bajado a verlo."),
    "pt": ("Link da fonte", "O barco voltou ao cais, e toda a cidade desceu para o ver."),
    "it": ("Link alla fonte", "Il traghetto è tornato al molo, e la città è scesa a vederlo."),
    "pl": ("Link do źródła", "Prom wrócił na nabrzeże, a całe miasto przyszło popatrzeć."),
    "ru": ("Ссылка на источник", "Паром вернулся к причалу, и весь город пришёл посмотреть."),
    "tr": ("Kaynak bağlantısı", "Feribot rıhtıma döndü ve bütün kasaba onu görmeye indi."),
    "ar": ("رابط المصدر", "عادت العبارة إلى الرصيف بعد شتاء طويل، ونزلت المدينة لتراها."),
    "zh": ("原文链接", "渡船在漫长的冬天之后回到了码头，全镇的人都下来看它，孩子们欢呼。"),
    "ja": ("元記事を読む", "フェリーは長い冬を経て桟橋に戻り、町の人々はそれを見に集まった。"),
}
BANNER = """<div><p>👉 <a href="https://t.me/ownnews">Telegram</a></p><p><b>SPECIAL OFFER</b></p>
<p>Join now and save half of the price of all our plans, only for readers of this site and only on
this day of all days!</p></div>"""
ORIGIN = "https://harbour.example/2026/ferry"


def declared(language: str, *, target: bool, before: str, after: str) -> Declaration:
    pointer, sentence = WORDS[language]
    link = f'<a href="{ORIGIN}">{pointer}</a>' if target else pointer
    story = "".join(f"<p>{sentence} {sentence} {number}.</p>" for number in range(7))
    html = f"""<html lang="{language}"><head><title>The ferry is back | Own News</title>
<meta property="og:site_name" content="Own News"></head><body><nav><a href="/">Own News</a></nav>
<article><h1>The ferry is back at the quay</h1><p class="byline">By Andrew Berg</p>{story}{before}
<p>{link}</p>{after}</article><footer>© 2026 Own News</footer></body></html>"""
    page = read_capture(capture_of(html.encode(), "https://www.own-news.example/ferry"))
    return declare(page, detect_signals(page))


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize("target", [True, False])
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), (BANNER, ""), ("", BANNER), (BANNER, BANNER)]
)
def test_a_bare_pointer_amid_banners_declares_a_repost(
    language: str, target: bool, before: str, after: str
) -> None:
    said = declared(language, target=target, before=before, after=after)
    assert said.derivation is Derivation.WHOLLY
    assert said.attribution is Attribution.BARE_LINK
    assert (said.origin.url if said.origin else None) == (ORIGIN if target else None)


def test_a_page_without_an_address_does_not_take_its_source_for_its_own_house() -> None:
    html = f"""<html><head><title>The ferry</title></head><body><h1>The ferry is back</h1>
{"<p>The ferry is back at the quay, and the whole town has come down to look at it.</p>" * 6}
<p>This article was first published by <a href="{ORIGIN}">Harbour Gazette</a>.</p></body></html>"""
    page = read_capture(capture_of(html.encode(), None))
    said = declare(page, detect_signals(page))
    assert said.origin is not None
    assert (said.origin.url, said.origin.publisher) == (ORIGIN, "Harbour Gazette")
