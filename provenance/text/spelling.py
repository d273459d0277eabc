"""Spellings of one word, UK and US, and number words: what ``words`` takes for the same.

Verbs in -ise and -ize, -yse and -yze need no list: ``words`` folds the z.
"""

from __future__ import annotations

from itertools import product

_OUR = (
    "arbour ardour armour behaviour candour clamour colour demeanour endeavour favour favourite "
    "fervour flavour glamour harbour honour humour labour neighbour odour parlour rancour rigour "
    "rumour saviour savour splendour succour tumour valour vapour vigour"
)
_OUR_ENDINGS = ("", "s", "ed", "ing", "er", "ers", "able", "ably", "ful", "hood", "hoods", "less")
_RE = (
    "calibre centre fibre litre lustre meagre metre kilometre centimetre millimetre sabre sombre "
    "spectre theatre"
)
_DOUBLED = (
    "cancel channel counsel dial duel enamel equal fuel funnel initial jewel label level libel "
    "marshal marvel model panel pedal quarrel shovel shrivel signal snorkel spiral swivel total "
    "towel travel tunnel unravel"
)
_PAIRS = (
    "aeroplane airplane aeroplanes airplanes ageing aging aluminium aluminum amongst among "
    "anaemia anemia anaesthetic anesthetic analogue analog artefact artifact artefacts artifacts "
    "axe ax catalogue catalog catalogues catalogs cheque check cheques checks "
    "cosy cozy counsellor counselor counsellors counselors defence defense defences defenses "
    "dialogue dialog diarrhoea diarrhea draught draft draughts drafts encyclopaedia encyclopedia "
    "enrol enroll enrolment enrollment foetus fetus fulfil fulfill fulfilment fulfillment "
    "grey gray haemorrhage hemorrhage instalment installment instalments installments "
    "jewellery jewelry judgement judgment judgements judgments kerb curb leukaemia leukemia "
    "licence license licences licenses manoeuvre maneuver manoeuvres maneuvers "
    "mould mold moustache mustache mum mom oestrogen estrogen offence offense offences offenses "
    "orthopaedic orthopedic paediatric pediatric plough plow practise practice practised practiced "
    "practising practicing pretence pretense programme program programmes programs "
    "pyjamas pajamas sceptic skeptic sceptical skeptical sceptics skeptics skilful skillful "
    "smoulder smolder storey story storeys stories sulphur sulfur towards toward "
    "travelogue travelog "
    "tyre tire tyres tires whilst while wilful willful woollen woolen yoghurt yogurt "
    "percent % pct % okay ok "
    "two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 "
    "first 1st second 2nd third 3rd fourth 4th fifth 5th sixth 6th seventh 7th eighth 8th "
    "bn billion mn million tn trillion mln million bln billion m million k thousand"
)


def _variants() -> dict[str, str]:
    table: dict[str, str] = {}
    for word, ending in product(_OUR.split(), _OUR_ENDINGS):
        table[word + ending] = word.replace("our", "or") + ending
    for word in _RE.split():
        table[word] = word[:-2] + "er"
        table[word + "s"] = word[:-2] + "ers"
    for word, ending in product(_DOUBLED.split(), ("ed", "ing", "er", "ers")):
        table[f"{word}l{ending}"] = word + ending
    pairs = _PAIRS.split()
    table.update(zip(pairs[::2], pairs[1::2], strict=True))
    return table


# Variant -> the one spelling it is compared as.
VARIANTS = _variants()

# Units that are written onto their number, and that VARIANTS writes out.
UNITS = frozenset(("bn", "mn", "tn", "mln", "bln", "m", "k"))
