"""Invented sites whose every word is known for story or furniture, in eight languages.

Story words are made of syllables and are as common as Zipf has it, between the language's own
small words; each story has names of its own that it comes back to. Furniture is written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

STORY = ""


@dataclass(frozen=True)
class Tongue:
    """A language: its small words, what its long words are made of, and what sites say in it."""

    name: str
    small: str
    syllables: str
    banners: tuple[str, ...]
    space: str = " "
    stop: str = "."
    speech: tuple[str, str] = ("“", "”")
    said: str = "said"

    @property
    def is_cased(self) -> bool:
        """Whether its sentences begin with a capital letter."""
        return self.small.upper() != self.small


TONGUES = {
    tongue.name: tongue
    for tongue in (
        Tongue(
            "en",
            "the of and to in a is that it was for on are as with his they at be this from have or"
            " by had not but what all were when there can an which their if do will each about how",
            "ba cor den fel gris hol jan kel lom mar nis por ques ril sta tor ulm ven wick zan",
            (
                "Join our evening channel and never miss a story from the quay.",
                "Sign up for the morning letter of the Lantern Post, free every day at six.",
                "Readers like you keep this newsroom open. Give what you can today.",
                "You are reading the free edition; members see no advertising at all.",
                "Share this page with a friend who still believes in paper.",
                "Seen something odd on the river? Write to our night desk.",
                "The Lantern Post app is out now for every telephone with a screen.",
            ),
        ),
        Tongue(
            "de",
            "der die das und in zu den ein mit von auf ist des sich nicht auch es an als am dem"
            " nach bei um noch wie aber aus nur war wird oder einen so zum haben hatte durch",
            "bach dorf feld gau hag kirn lohe mund nau ried stein tal ufer wehr zell brun gart",
            (
                "Abonnieren Sie unseren Abendbrief und verpassen Sie keine Nachricht vom Hafen.",
                "Diese Seite wird von ihren Lesern bezahlt und von niemandem sonst.",
                "Folgen Sie der Laternenpost auf allen Kanälen, die Sie kennen.",
                "Haben Sie etwas gesehen? Schreiben Sie unserer Nachtredaktion.",
            ),
            speech=("„", "“"),
            said="sagte",
        ),
        Tongue(
            "es",
            "de la que el en y a los se del las un por con no una su para es al lo como más o pero"
            " sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue",
            "bal car del fuen gran her jar lan mon nar pal ques rin sol tor val zar med cos",
            (
                "Únete a nuestro canal de la tarde y no te pierdas ninguna historia del muelle.",
                "Suscríbete al boletín de la mañana, gratis todos los días a las seis.",
                "¿Has visto algo raro en el río? Escribe a nuestra redacción nocturna.",
                "Esta página la pagan sus lectores y nadie más.",
            ),
            speech=("«", "»"),
            said="dijo",
        ),
        Tongue(
            "ru",
            "и в не на я быть он с что а по это она этот к но они мы весь который из у за свой ты"
            " от так о для же все год человек один такой только или ещё бы себя",
            "бор вол гра дуб жел зар кам лес мир нов оль пол реч сол тих ула хол цар чер шум",
            (
                "Подписывайтесь на наш вечерний канал и не пропускайте новости с причала.",
                "Это издание существует на деньги читателей. Поддержите нас сегодня.",
                "Видели что-то странное на реке? Напишите ночной редакции.",
                "Читайте «Фонарную почту» во всех сетях, какие вы знаете.",
            ),
            speech=("«", "»"),
            said="сказал",
        ),
        Tongue(
            "ar",
            "في من على إلى أن هذا التي عن مع كان ما لا بعد هذه قد بين كل أو ذلك عند قبل لم حتى"
            " كما أي منذ غير حيث لكن إذا ثم كانت هو هي",
            "بار دان سول كرم نور فجر جبل رمل حقل شاط قمر زيت طير عود غرب ميل وكر",
            (
                "تابعوا قناتنا المسائية ولا تفوتوا خبرا واحدا من الميناء.",
                "اشترك في رسالة الصباح المجانية كل يوم في الساعة السادسة.",
                "هذه الصفحة يدفع ثمنها القراء ولا أحد غيرهم.",
                "هل رأيت شيئا غريبا على النهر؟ اكتب إلى مكتب الليل.",
            ),
            said="قال",
        ),
        Tongue(
            "zh",
            "的 一 是 在 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 生 到 作 地 于 出"
            " 就 分 对 成 会 可 主 发 年",
            "山 水 河 桥 港 灯 船 石 林 田 城 塔 镇 湖 岛 门 钟 井 堤 仓 帆 岸 渔 磨 坊 铁 木"
            " 砖 云 雪 松 柳 鹤 鹿 龙 虎 琴 棋 书 画 茶 酒 米 麦 豆 瓜 梅 兰 竹 菊",
            (
                "欢迎关注我们的晚间频道，不要错过码头上的任何故事。",
                "订阅灯笼邮报早间通讯，每天六点免费送达您的信箱。",
                "本网站由读者支持，请今天就帮助我们的编辑部。",
                "您在河边看到什么奇怪的事情吗？请写信给夜班编辑。",
            ),
            space="",
            stop="。",
            said="说",
        ),
        Tongue(
            "ja",
            "の に は を た が で て と し れ さ ある いる も する から な こと として い や など"
            " なっ ない この ため その",
            "山 川 橋 港 灯 船 石 林 田 城 塔 町 湖 島 門 鐘 井 堤 蔵 帆 岸 漁 磨 坊 鉄 木"
            " 雲 雪 松 柳 鶴 鹿 竜 虎 琴 棋 書 画 茶 酒 米 麦 豆 瓜 梅 蘭 竹 菊",
            (
                "夕方のチャンネルに登録して、波止場の話題を見逃さないでください。",
                "灯籠新聞の朝刊メールは毎日六時に無料でお届けします。",
                "このページは読者の皆さまの支援だけで作られています。",
                "川で不思議なものを見ましたか。夜間編集部までお知らせください。",
            ),
            space="",
            stop="。",
            speech=("「", "」"),
            said="話した",
        ),
        Tongue(
            "vi",
            "và của là có cho không một những được người trong các với để này đã khi đến ở ra về"
            " như từ thì phải đó làm lại nhiều cũng tôi năm theo vào hay",
            "bến cầu chợ đèn đồi gạch giang hồ kênh làng mộc núi phà sông tháp thuyền vườn xóm đê",
            (
                "Hãy theo dõi kênh buổi tối của chúng tôi để không bỏ lỡ tin nào từ bến cảng.",
                "Đăng ký nhận bản tin sáng miễn phí mỗi ngày lúc sáu giờ.",
                "Trang này sống nhờ độc giả và không nhờ ai khác.",
                "Bạn thấy điều gì lạ trên sông? Hãy viết cho ban biên tập đêm.",
            ),
            said="nói",
        ),
    )
}
DISCLAIMER = (
    "The opinions on this page are those of the people who signed them and need not be shared by"
    " the Lantern Post, its owners, its printers or the chandlery above which it is edited. Nothing"
    " here is advice about money, medicine, boats or the law; ask somebody who is paid to know."
    " Figures come from public tables as they stood in the evening and may have moved since. Where"
    " we found a mistake we say so at the foot of the page and leave the old words visible. Links"
    " that lead to shops may earn us a small commission, which pays for lamp oil and for nothing"
    " else. Pictures belong to those who took them and may not be printed again without a letter"
    " from them. If you think that a text of ours is yours, write to the night desk with both pages"
    " and the dates on which they appeared, and we will answer within three working days. The Post"
    " is a member of no chamber, sells no list of addresses, and keeps what its server notes for"
    " a fortnight at most."
)
MONTHS = ("January", "March", "April", "June", "August", "October", "November")
NAMES = ("Ines Halloran", "Tobias Wren", "Mara Quill", "Odo Fenwick", "Selma Brandt", "Kofi Lund")


@dataclass
class Page:
    """Paragraphs of (kind, words) pieces; the kind of a story's own words is empty or a trap."""

    title: str
    space: str
    paragraphs: list[list[tuple[str, str]]]

    def text(self) -> tuple[str, list[tuple[str, int, int]]]:
        """The text, and each piece's kind and offsets."""
        parts, spans, at = list[str](), list[tuple[str, int, int]](), 0
        for pieces in self.paragraphs:
            for number, (kind, piece) in enumerate(pieces):
                gap = self.space if number else ""
                parts += (gap, piece)
                spans.append((kind, at + len(gap), at + len(gap) + len(piece)))
                at += len(gap) + len(piece)
            parts.append("\n")
            at += 1
        return "".join(parts), spans


@dataclass
class Writer:
    """Writes stories in one language, the same for the same seed."""

    tongue: Tongue
    dice: random.Random
    names: list[str] = field(default_factory=list)
    _long: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Makes the vocabulary."""
        syllables = self.tongue.syllables.split()
        sizes = self.dice.choices((2, 2, 3), k=5000)
        self._long = sorted({"".join(self.dice.choices(syllables, k=size)) for size in sizes})
        self.dice.shuffle(self._long)

    def name(self) -> str:
        """A name: two long words."""
        first, last = self.dice.choices(self._long, k=2)
        return f"{first.capitalize()}{self.tongue.space}{last.capitalize()}"

    def subject(self) -> list[str]:
        """The names that a story comes back to."""
        return [self.name() for _ in range(4)] + self.dice.choices(self._long, k=8)

    def words(self, count: int, subject: list[str]) -> list[str]:
        """So many words, half of them small ones, one of eight of the subject."""
        small = self.tongue.small.split()
        found = []
        for _ in range(count):
            luck = self.dice.random()
            if luck < 0.5:
                found.append(self.dice.choice(small))
            elif luck < 0.62:
                found.append(self.dice.choice(subject))
            else:
                rank = int(self.dice.paretovariate(0.6))
                found.append(self._long[min(rank, 4999) % len(self._long)])
        return found

    def sentence(self, subject: list[str], count: int = 0) -> str:
        """A sentence of the subject."""
        found = self.tongue.space.join(self.words(count or self.dice.randrange(7, 26), subject))
        return found[0].upper() + found[1:] + self.tongue.stop

    def page(self, subject: list[str], paragraphs: int) -> Page:
        """A story, now and then with speech in it."""
        rows = []
        for _ in range(paragraphs):
            pieces = [(STORY, self.sentence(subject)) for _ in range(self.dice.randrange(2, 5))]
            if self.dice.random() < 0.2:
                pieces.append((STORY, self.speech(subject, self.sentence(subject))))
            rows.append(pieces)
        title = self.sentence(subject, self.dice.randrange(6, 11)).rstrip(self.tongue.stop)
        return Page(title, self.tongue.space, rows)

    def speech(self, subject: list[str], quote: str) -> str:
        """What somebody said, in quotation marks."""
        opened, closed = self.tongue.speech
        end = f"{subject[0]}{self.tongue.stop}"
        return self.tongue.space.join((f"{opened}{quote}{closed}", self.tongue.said, end))
