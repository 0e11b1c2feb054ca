"""Sentences of articles and lines of tails, and documents built from them.

Written for these tests. A document is an article of one language, a tail that may mix languages as real ones do, and a
layout: how paragraphs are parted, wrapped and ended. Most documents with a tail are long and plain enough to be cut; a
property of cuts is worth nothing on documents that are never cut.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from hypothesis import strategies as st

SENTENCES = {
    "en": (
        "The city council approved the new bridge over the river on Monday evening after a debate of almost five hours.",
        "The mayor said that work would begin in the spring and that the bridge would open to traffic three years later.",
        "Residents of the old town had asked for a tunnel, which the engineers considered too expensive to build.",
        "“We have listened to everybody who came to the meetings,” she said, “and this is the plan that most of them want.”",
        "The bridge will carry two lanes of traffic, a tram line and a path for cyclists, according to the drawings.",
        "Two of the four arches of the old crossing, which dates from 1911, will be kept as a monument on the east bank.",
    ),
    "fr": (
        "Le conseil municipal a approuvé lundi soir la construction d’un nouveau pont sur la rivière, après cinq heures de débat.",
        "La maire a annoncé que les travaux commenceraient au printemps et que le pont ouvrirait trois ans plus tard.",
        "Les habitants de la vieille ville avaient demandé un tunnel, que les ingénieurs jugeaient trop cher.",
        "« Nous avons écouté tous ceux qui sont venus aux réunions », a-t-elle déclaré devant les élus de l’opposition.",
        "L’ouvrage portera deux voies de circulation, une ligne de tramway et une piste cyclable, d’après les plans.",
        "Deux des quatre arches de l’ancien pont, qui date de 1911, seront conservées comme monument sur la rive est.",
    ),
    "de": (
        "Der Stadtrat hat am Montagabend nach fast fünfstündiger Debatte den Bau einer neuen Brücke über den Fluss beschlossen.",
        "Die Bürgermeisterin sagte, dass die Arbeiten im Frühjahr beginnen und drei Jahre später abgeschlossen sein sollen.",
        "Die Bewohner der Altstadt hatten einen Tunnel verlangt, den die Ingenieure für zu teuer hielten.",
        "Zwei der vier Bögen der alten Brücke, die aus dem Jahr 1911 stammt, bleiben als Denkmal am Ostufer stehen.",
    ),
    "es": (
        "El ayuntamiento aprobó el lunes por la noche la construcción de un nuevo puente sobre el río tras cinco horas de debate.",
        "La alcaldesa anunció que las obras comenzarán en primavera y que el puente se abrirá al tráfico tres años después.",
        "Los vecinos del casco antiguo habían pedido un túnel, que los ingenieros consideraban demasiado caro.",
    ),
    "ru": (
        "Городской совет в понедельник вечером одобрил строительство нового моста через реку после пяти часов обсуждения.",
        "Мэр сообщила, что работы начнутся весной, а движение по мосту откроется через три года, если не будет задержек.",
        "Жители старого города просили построить туннель, который инженеры сочли слишком дорогим и долгим.",
        "Две из четырёх арок старой переправы, построенной в 1911 году, сохранят как памятник на восточном берегу.",
    ),
    "ja": (
        "市議会は月曜日の夜、五時間近くにわたる討論の末、川に新しい橋を架ける計画を承認した。",
        "市長は、工事は来年の春に始まり、橋は三年後に開通する見込みだと述べ、住民に理解を求めた。",
        "旧市街の住民はトンネルの建設を求めていたが、技術者たちは費用がかかりすぎると考えていた。",
        "一九一一年に造られた古い橋の四つのアーチのうち二つは、東岸に記念物として残される。",
    ),
    "zh": (
        "市议会星期一晚上经过近五个小时的辩论，批准了在河上建造一座新桥的计划。",
        "市长表示，工程将于明年春天开始，大桥预计三年后通车，她请求居民给予理解。",
        "老城区的居民曾要求修建隧道，但工程师们认为费用太高，工期也太长。",
    ),
    "el": (
        "Το δημοτικό συμβούλιο ενέκρινε τη Δευτέρα το βράδυ την κατασκευή νέας γέφυρας στον ποταμό, ύστερα από πέντε ώρες.",
        "Η δήμαρχος είπε ότι τα έργα θα αρχίσουν την άνοιξη και ότι η γέφυρα θα δοθεί στην κυκλοφορία σε τρία χρόνια.",
    ),
    "ar": (
        "وافق مجلس المدينة مساء الاثنين على بناء جسر جديد فوق النهر بعد نقاش دام ما يقرب من خمس ساعات كاملة.",
        "وقالت رئيسة البلدية إن الأعمال ستبدأ في الربيع وإن الجسر سيفتح أمام حركة المرور بعد ثلاث سنوات.",
    ),
}
"""What articles are made of, by language."""

TAIL_LINES = {
    "en": (
        "Share this article",
        "Follow us on Facebook, Twitter and Instagram",
        "Subscribe to our newsletter",
        "Join our Telegram channel: https://t.me/example",
        "Support our work: donate via PayPal",
        "Related articles",
        "You may also like",
        "Leave a comment",
        "3 comments",
        "Tags: bridges, traffic, council",
        "Download our app from the App Store",
        "Copyright © 2024 Example News. All rights reserved.",
        "1) Our other site: https://example.org/",
        "2) Our shop: https://shop.example.org/",
    ),
    "fr": (
        "Partager cet article",
        "Suivez-nous sur Facebook, Twitter et Instagram",
        "Abonnez-vous à notre newsletter",
        "Rejoignez notre chaîne Telegram : https://t.me/exemple",
        "Faites un don pour soutenir notre travail",
        "À lire aussi",
        "Laisser un commentaire",
        "Mots-clés : pont, circulation, conseil",
        "Téléchargez notre application",
        "© 2024 Exemple. Tous droits réservés.",
        "• Notre autre site : https://exemple.fr/",
    ),
    "de": (
        "Teilen Sie diesen Artikel",
        "Folgen Sie uns auf Facebook und Instagram",
        "Abonnieren Sie unseren Newsletter",
        "Das könnte Sie auch interessieren",
        "Alle Rechte vorbehalten.",
    ),
    "es": (
        "Compartir",
        "Síguenos en Facebook y Twitter",
        "Suscríbete a nuestro boletín",
        "Todos los derechos reservados.",
    ),
    "ru": (
        "Поделиться",
        "Подписывайтесь на наш канал в Telegram",
        "Читайте также",
        "Оставить комментарий",
        "Все права защищены.",
    ),
    "ja": ("この記事をシェアする", "関連記事", "コメントを書く", "メルマガ登録", "無断転載を禁じます"),
    "zh": ("分享到微信", "相关阅读", "关注我们的微信公众号", "版权所有", "发表评论"),
    "el": ("Ακολουθήστε μας στο Facebook", "Διαβάστε επίσης", "Εγγραφείτε στο newsletter"),
    "ar": ("تابعونا على فيسبوك", "شارك هذا المقال", "اقرأ أيضا"),
}
"""What hangs below them."""

PLAIN_TAIL = ("Share this article", "Follow us on Facebook, Twitter and Instagram", "Subscribe to our newsletter")
"""The plainest tail there is: whatever the weights are, a document that ends like this is cut."""

_TERMINATOR = re.compile("\r\n|\r|\n")
TERMINATORS = ("\n", "\r\n", "\r")


def article(language: str = "en", terminator: str = "\n") -> str:
    """All sentences of a language, one a line."""
    return "".join(sentence + terminator for sentence in SENTENCES[language])


def with_line_ends(text: str, terminator: str) -> str:
    """The text with every line end replaced."""
    return _TERMINATOR.sub(terminator, text)


@st.composite
def line_feeds(draw: st.DrawFn, languages: Sequence[str] = tuple(SENTENCES)) -> str:
    """A document whose lines end in line feeds."""
    language = draw(st.sampled_from(languages))
    join = "" if language in ("ja", "zh") else " "
    paragraphs = draw(st.lists(st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=4), min_size=1, max_size=6))
    body = [join.join(sentences) for sentences in paragraphs]
    width = draw(st.sampled_from((0, 0, 0, 66, 72, 76)))
    if width:
        body = [textwrap.fill(paragraph, width) for paragraph in body]
    body = draw(st.sampled_from((body, body, body, body, body, body[:1], [])))
    banner = draw(st.lists(st.sampled_from(TAIL_LINES[language]), max_size=draw(st.sampled_from((0, 0, 0, 3)))))
    hanging = [TAIL_LINES[language], *(TAIL_LINES[other] for other in ("en", language))]
    tail = draw(st.lists(st.sampled_from(draw(st.sampled_from(hanging))), max_size=8, unique=True))
    foreign = st.one_of(st.text(max_size=40), st.sampled_from(("", " ", "---", "* * *", "\x0c", "\u2028", "\ufeff", "😀")))
    for number in range(draw(st.sampled_from((0, 0, 0, 1, 3)))):
        tail.insert(draw(st.integers(0, len(tail))), f"{number}{draw(foreign)}")
    gap = draw(st.sampled_from(("\n", "\n", "\n\n", "\n \n\n\n", "\n---\n", " ", "\n" + " " * 3)))
    part = draw(st.sampled_from(("\n", "\n\n")))
    return (
        part.join(banner + body)
        + gap
        + draw(st.sampled_from(("\n", "\n", "\n\n"))).join(tail)
        + draw(st.sampled_from(("\n", "\n", "", "\n\n", " \n\t")))
    )


@st.composite
def documents(draw: st.DrawFn, languages: Sequence[str] = tuple(SENTENCES)) -> str:
    """A document with line ends of any kind, mixed ones included."""
    text = with_line_ends(draw(line_feeds(languages)), "\n")
    kind = draw(st.sampled_from((*TERMINATORS, "\n", None)))
    if kind is not None:
        return text.replace("\n", kind)
    lines = text.split("\n")
    ends = draw(st.lists(st.sampled_from(TERMINATORS), min_size=1, max_size=3))
    return "".join(line + ends[number % len(ends)] for number, line in enumerate(lines[:-1])) + lines[-1]
