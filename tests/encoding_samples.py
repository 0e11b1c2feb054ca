"""News prose in many languages, written for this project, and the legacy encodings in which each is met.

Data for tests/test_decode.py. The texts carry the quotes, dashes and signs their language uses in print; LEGACY says
in which encodings such a text is found in the wild, not in which it could be stored.
"""

from __future__ import annotations

import unicodedata

TEXTS: dict[str, str] = {
    "french": (
        "Le gouvernement a annoncé mardi une réforme du système des retraites, qui entrera en vigueur l’année "
        "prochaine. « Nous avons écouté les Français », a déclaré la ministre à l’issue du Conseil. Les "
        "syndicats, eux, dénoncent une mesure « brutale » et appellent à la grève dès jeudi. À Marseille, où le "
        "cœur du mouvement bat déjà, des milliers de manifestants étaient attendus sur le Vieux-Port. Le coût "
        "est évalué à 12 milliards d’euros."
    ),
    "german": (
        "Die Bundesregierung will die Förderung für Wärmepumpen im nächsten Jahr kürzen. Das geht aus einem "
        "Entwurf hervor, der unserer Zeitung vorliegt. „Wir müssen sparen, ohne die Bürger zu überfordern“, "
        "sagte der Minister am Montag in Köln. Umweltverbände äußerten scharfe Kritik: Die Maßnahme schade dem "
        "Klima – und größtenteils auch den Handwerkern. Über den Vorschlag entscheidet der Bundestag "
        "voraussichtlich Ende März."
    ),
    "spanish": (
        "El Ayuntamiento aprobó este miércoles un plan para peatonalizar el centro histórico durante los "
        "próximos tres años. «No se trata de castigar al coche, sino de devolver la calle a los niños», explicó "
        "la alcaldesa. ¿Quién pagará las obras? Según la oposición, el presupuesto es insuficiente y además "
        "llegará tarde. Los vecinos, que llevan décadas esperando, se manifestarán mañana frente a la catedral."
    ),
    "portuguese": (
        "A Câmara Municipal de Lisboa aprovou ontem a construção de três mil habitações a preços acessíveis. "
        "Segundo o vereador, as obras começarão já no próximo verão e estarão concluídas em quatro anos. “Não "
        "podemos esperar mais”, afirmou à saída da reunião. A oposição, porém, considera que a solução é "
        "insuficiente e que faltam informações sobre os custos. Também as associações de moradores manifestaram "
        "preocupação."
    ),
    "italian": (
        "Il governo ha approvato ieri sera il decreto sulla sanità, che prevede più fondi per gli ospedali di "
        "provincia. «È un passo necessario, perché i cittadini non possono più aspettare», ha detto il ministro. "
        "Le opposizioni parlano invece di propaganda e chiedono che il testo torni in Parlamento. La novità "
        "principale riguarda le liste d’attesa: chi non trova posto entro sessanta giorni potrà rivolgersi ai "
        "privati. Il provvedimento sarà in vigore già da lunedì."
    ),
    "dutch": (
        "Het kabinet trekt volgend jaar één miljard euro uit voor de woningbouw in de regio. Dat heeft de "
        "minister vrijdag bekendgemaakt na overleg met de provincies. ‘We hebben geen tijd te verliezen’, zei "
        "zij in de Tweede Kamer. Volgens critici is het bedrag lang niet genoeg: alleen al in Zuid-Holland zijn "
        "er zo’n honderdduizend huizen nodig. De coördinatie komt in handen van een comité van ervaren "
        "bestuurders uit België en Nederland."
    ),
    "swedish": (
        "Regeringen vill skärpa reglerna för elsparkcyklar i de större städerna. Förslaget, som presenterades på "
        "torsdagen, innebär att användarna måste parkera på särskilda platser. ”Det är en fråga om säkerhet för "
        "gående och äldre”, säger ministern. Branschen är kritisk och menar att åtgärderna slår fel. Nya regler "
        "väntas börja gälla först nästa år."
    ),
    "norwegian": (
        "Været på Vestlandet blir dårligere de nærmeste dagene, melder Meteorologisk institutt. Flere "
        "fjelloverganger er allerede stengt, og ferjene går ikke før søndag morgen. – Vi ber alle om å holde seg "
        "hjemme, sier politimester Åse Bjørnstad. På Ørlandet er det målt vindkast på førti meter i sekundet. "
        "Mange husstander er uten strøm også i natt."
    ),
    "danish": (
        "Regeringen vil gøre det billigere at køre med tog uden for de største byer. Aftalen, der blev "
        "præsenteret tirsdag, betyder, at priserne på Sjælland og Fyn falder med en fjerdedel. »Det er på høje "
        "tid,« siger ordføreren, som også ønsker flere afgange. Ældre og studerende får de største rabatter. "
        "Først på Færøerne og siden i Århus har lignende forsøg været en succes."
    ),
    "finnish": (
        "Hallitus päätti keskiviikkona leikata kuntien rahoitusta ensi vuonna. Päätös herätti välittömästi "
        "arvostelua, sillä monet pienet kunnat ovat jo nyt vaikeuksissa. ”Tämä ei ole järkevää säästämistä”, "
        "sanoo kaupunginjohtaja Mäkelä. Myös oppositio vaatii, että esitys käsitellään uudelleen. Lopullinen "
        "äänestys järjestetään eduskunnassa näillä näkymin perjantaina."
    ),
    "icelandic": (
        "Ríkisstjórnin kynnti í gær nýjar aðgerðir til að draga úr verðbólgu. Forsætisráðherra sagði á "
        "blaðamannafundi að ástandið væri alvarlegt en þó ekki vonlaust. „Við þurfum öll að leggja okkar af "
        "mörkum,“ sagði hún. Stjórnarandstaðan telur að tillögurnar gangi of skammt og komi of seint. Búist er "
        "við að Alþingi ræði málið á fimmtudag."
    ),
    "polish": (
        "Rząd przyjął w środę projekt ustawy, która ma ułatwić budowę tanich mieszkań na obrzeżach miast. „To "
        "pierwszy krok, ale bardzo ważny” – powiedział minister po posiedzeniu. Zdaniem opozycji pieniędzy nie "
        "wystarczy nawet na połowę zapowiadanych inwestycji. Związkowcy żądają też wyższych płac dla robotników. "
        "Głosowanie w Sejmie odbędzie się najwcześniej w październiku, a ostateczną decyzję podejmie prezydent."
    ),
    "czech": (
        "Vláda ve středu schválila návrh zákona, který má zjednodušit výstavbu dálnic a železnic. „Čekali jsme "
        "na něj příliš dlouho,“ řekl ministr dopravy po jednání. Podle opozice však předloha nepřináší žádné "
        "skutečné řešení. Ekologové se obávají, že úřady nebudou mít dost času posoudit vliv staveb na životní "
        "prostředí. Sněmovna o ní začne jednat už příští týden – nejspíš v úterý."
    ),
    "slovak": (
        "Vláda v stredu schválila návrh štátneho rozpočtu na budúci rok. Podľa ministra financií pôjde viac "
        "peňazí do školstva a zdravotníctva. „Chceme, aby ľudia pocítili zmenu čo najskôr,“ uviedol po rokovaní. "
        "Opozícia tvrdí, že čísla sú príliš optimistické a že dlh ďalej porastie. Poslanci začnú o ňom rokovať v "
        "októbri, najneskôr však v polovici novembra."
    ),
    "hungarian": (
        "A kormány szerdán elfogadta azt a törvényjavaslatot, amely megkönnyítené az olcsó lakások építését. „Ez "
        "csak az első lépés, de nagyon fontos” – mondta a miniszter az ülés után. Az ellenzék szerint a pénz a "
        "szükséges összeg felére sem lesz elég. A szakszervezetek közben magasabb béreket követelnek a "
        "munkásoknak. A képviselők legkorábban októberben szavaznak róla, addig azonban még sok minden "
        "történhet: jövő héten több tüntetést is terveznek a fővárosban, és a szülők is csatlakozhatnak."
    ),
    "romanian": (
        "Guvernul a aprobat miercuri proiectul de lege care ar trebui să uşureze construcţia de locuinţe "
        "ieftine. „Este un prim pas, dar foarte important”, a declarat ministrul după şedinţă. Opoziţia susţine "
        "că banii nu vor ajunge nici pentru jumătate din investiţiile promise. În Bucureşti, sindicatele cer şi "
        "salarii mai mari pentru muncitori. Votul final este aşteptat în luna octombrie, iar preşedintele va lua "
        "apoi o decizie."
    ),
    "croatian": (
        "Vlada je u srijedu usvojila prijedlog zakona koji bi trebao olakšati gradnju jeftinijih stanova. „To je "
        "prvi korak, ali vrlo važan”, rekao je ministar nakon sjednice. Oporba tvrdi da novca neće biti dovoljno "
        "ni za polovicu najavljenih ulaganja. Građani se žale na sve više cijene, a sindikati traže veće plaće. "
        "O prijedlogu će se glasovati najranije u listopadu – čini se tek nakon izbora."
    ),
    "slovene": (
        "Vlada je v sredo sprejela predlog zakona, ki naj bi olajšal gradnjo cenejših stanovanj. »To je šele "
        "prvi korak, vendar zelo pomemben,« je po seji dejal minister. Opozicija opozarja, da denarja ne bo "
        "dovolj niti za polovico obljubljenih naložb. Župani se bojijo, da bodo morali večji del stroškov "
        "plačati sami. Poslanci bodo o njem odločali najprej oktobra, končno besedo pa bo imelo ljudstvo."
    ),
    "turkish": (
        "Hükümet, ucuz konut yapımını kolaylaştıracak yasa tasarısını çarşamba günü kabul etti. “Bu ilk adım, "
        "ama çok önemli” diyen bakan, çalışmaların ilkbaharda başlayacağını söyledi. Muhalefet ise paranın sözü "
        "verilen yatırımların yarısına bile yetmeyeceğini savunuyor. İstanbul’da işçiler daha yüksek ücret "
        "istiyor. Oylamanın en erken ekim ayında yapılması bekleniyor; cumhurbaşkanı son kararı ondan sonra "
        "verecek."
    ),
    "greek": (
        "Η κυβέρνηση ενέκρινε την Τετάρτη το σχέδιο νόμου που θα διευκολύνει την κατασκευή φθηνών κατοικιών. "
        "«Είναι ένα πρώτο βήμα, αλλά πολύ σημαντικό», δήλωσε ο υπουργός μετά τη συνεδρίαση. Η αντιπολίτευση "
        "υποστηρίζει ότι τα χρήματα δεν φτάνουν ούτε για τις μισές επενδύσεις. Στην Αθήνα οι εργαζόμενοι ζητούν "
        "υψηλότερους μισθούς. Άγνωστο παραμένει πότε θα γίνει η ψηφοφορία – ίσως τον Οκτώβριο."
    ),
    "russian": (
        "Правительство в среду одобрило законопроект, который должен упростить строительство недорогого жилья. "
        "«Это лишь первый шаг, но очень важный», — заявил министр после заседания. Оппозиция считает, что денег "
        "не хватит и на половину обещанного. Профсоюзы тем временем требуют повысить зарплату рабочим. "
        "Голосование ожидается не раньше октября, а объём расходов ещё предстоит уточнить."
    ),
    "ukrainian": (
        "Уряд у середу схвалив законопроєкт, який має спростити будівництво недорогого житла. «Це лише перший "
        "крок, але дуже важливий», – заявив міністр після засідання. Опозиція вважає, що грошей не вистачить "
        "навіть на половину обіцяного. Профспілки тим часом вимагають підвищити робітникам зарплату. Її "
        "представники кажуть, що з’їзд відбудеться не раніше жовтня."
    ),
    "bulgarian": (
        "Правителството одобри в сряда законопроекта, който трябва да улесни строежа на евтини жилища. „Това е "
        "само първа стъпка, но много важна“, заяви министърът след заседанието. Според опозицията парите няма да "
        "стигнат дори за половината от обещаното. Синдикатите настояват и за по-високи заплати на работниците. "
        "Гласуването ще бъде най-рано през октомври, а окончателното решение ще вземе президентът."
    ),
    "serbian": (
        "Влада је у среду усвојила предлог закона који би требало да олакша изградњу јефтинијих станова. „То је "
        "први корак, али веома важан“, рекао је министар после седнице. Опозиција тврди да новца неће бити "
        "довољно ни за половину обећаних улагања. Грађани се жале на све веће цене, а синдикати траже више "
        "плате. О предлогу ће се гласати најраније у октобру, чујемо из Београда."
    ),
    "hebrew": (
        "הממשלה אישרה ביום רביעי את הצעת החוק שנועדה להקל על בניית דירות זולות. „זהו רק צעד ראשון, אבל חשוב "
        "מאוד”, אמר השר לאחר הישיבה. באופוזיציה טוענים שהכסף לא יספיק אפילו למחצית מן ההשקעות שהובטחו. ארגוני "
        "העובדים דורשים גם העלאת שכר בתל אביב ובירושלים. ההצבעה צפויה להתקיים רק בחודש אוקטובר, ואחריה יחליט "
        "הנשיא."
    ),
    "arabic": (
        "وافقت الحكومة يوم الأربعاء على مشروع القانون الذي يهدف إلى تسهيل بناء المساكن الرخيصة. وقال الوزير بعد "
        "الجلسة إن هذه خطوة أولى لكنها مهمة جدا. وترى المعارضة أن الأموال لن تكفي حتى لنصف الاستثمارات الموعودة، "
        "وأن القرار جاء متأخرا. وتطالب النقابات أيضا برفع أجور العمال في القاهرة والإسكندرية. ومن المتوقع أن "
        "يجري التصويت في شهر أكتوبر المقبل."
    ),
    "persian": (
        "دولت روز چهارشنبه لايحه‌اي را تصويب کرد که بايد ساخت خانه‌هاي ارزان را آسان‌تر کند. وزير پس از جلسه گفت "
        "که اين تنها گام نخست است، اما گام بسيار مهمي است. مخالفان مي‌گويند پول حتي براي نيمي از سرمايه‌گذاري‌ها "
        "کافي نيست. کارگران در تهران نيز خواستار افزايش دستمزد شده‌اند. پيش‌بيني مي‌شود رأي‌گيري در ماه آينده "
        "برگزار شود."
    ),
    "lithuanian": (
        "Vyriausybė trečiadienį pritarė įstatymo projektui, kuris turėtų palengvinti pigių būstų statybą. „Tai "
        "tik pirmas žingsnis, bet labai svarbus“, – po posėdžio sakė ministras. Opozicija teigia, kad pinigų "
        "neužteks nė pusei pažadėtų investicijų. Profesinės sąjungos reikalauja ir didesnių atlyginimų. "
        "Balsavimas įvyks ne anksčiau kaip spalį, o galutinį sprendimą priims prezidentas."
    ),
    "latvian": (
        "Valdība trešdien atbalstīja likumprojektu, kam būtu jāatvieglo lētu dzīvokļu celtniecība. “Tas ir tikai "
        "pirmais solis, taču ļoti svarīgs,” pēc sēdes sacīja ministrs. Opozīcija uzskata, ka naudas nepietiks "
        "pat pusei no solītajiem ieguldījumiem. Arodbiedrības pieprasa arī lielākas algas strādniekiem. "
        "Balsojums gaidāms ne agrāk kā oktobrī, un galīgo lēmumu pieņems prezidents."
    ),
    "estonian": (
        "Valitsus kiitis kolmapäeval heaks eelnõu, mis peaks lihtsustama odavate korterite ehitamist. „See on "
        "alles esimene samm, aga väga tähtis,” ütles minister pärast istungit. Opositsiooni sõnul ei jätku raha "
        "isegi pooleks lubatust. Ametiühingud nõuavad ka töötajatele kõrgemat palka. Hääletus toimub kõige varem "
        "oktoobris, lõpliku otsuse teeb president pärast žürii šefi arvamust."
    ),
    "thai": (
        "รัฐบาลเห็นชอบร่างกฎหมายที่จะช่วยให้การก่อสร้างที่อยู่อาศัยราคาถูกทำได้ง่ายขึ้นเมื่อวันพุธ รัฐมนตรีกล่าวห"
        "ลังการประชุมว่า “นี่เป็นเพียงก้าวแรก แต่สำคัญมาก” ฝ่ายค้านเห็นว่าเงินจะไม่เพียงพอแม้แต่ครึ่งหนึ่งของการล"
        "งทุนที่สัญญาไว้ สหภาพแรงงานในกรุงเทพยังเรียกร้องให้ขึ้นค่าแรงด้วย คาดว่าจะมีการลงคะแนนเสียงอย่างเร็วที่ส"
        "ุดในเดือนตุลาคม"
    ),
    "vietnamese": (
        "Chính phủ hôm thứ tư đã thông qua dự luật nhằm tạo điều kiện xây dựng nhà ở giá rẻ. Bộ trưởng nói sau "
        "cuộc họp: “Đây chỉ là bước đầu tiên, nhưng rất quan trọng.” Phe đối lập cho rằng số tiền này không đủ "
        "cho một nửa các khoản đầu tư đã hứa. Công nhân ở Hà Nội cũng đòi tăng lương. Cuộc bỏ phiếu dự kiến diễn "
        "ra sớm nhất vào tháng mười."
    ),
    "chinese-simplified": (
        "政府周三批准了一项旨在简化廉价住房建设的法律草案。部长在会后表示：“这只是第一步，但非常重要。”反对派认为"
        "，这笔钱连承诺投资的一半都不够。北京的工会还要求提高工人的工资——据说已有数千人报名参加集会。投票预计最早"
        "在十月举行，最终决定将由总统作出。记者问及细节时，他没有回答。"
    ),
    "chinese-traditional": (
        "政府週三批准了一項旨在簡化廉價住房建設的法律草案。部長在會後表示：「這只是第一步，但非常重要。」反對黨認"
        "為，這筆錢連承諾投資的一半都不夠。臺北的工會還要求提高工人的薪資，據說已有數千人報名參加集會。投票預計最"
        "早在十月舉行，最終決定將由總統作出。記者問及細節時，他沒有回答。"
    ),
    "japanese": (
        "政府は水曜日、安い住宅の建設を促す法案を閣議決定した。大臣は会議のあと「これは最初の一歩にすぎないが、と"
        "ても重要だ」と述べた。野党は、約束された投資の半分にも資金が足りないと批判している。東京では労働組合が賃"
        "上げを求めてデモを行った。採決は早くても十月になる見通しで、最終的な判断は国会に委ねられる。インターネッ"
        "トでも議論が続いている。"
    ),
    "korean": (
        "정부는 수요일 저렴한 주택 건설을 쉽게 하는 법안을 승인했다. 장관은 회의가 끝난 뒤 “이것은 첫걸음일 "
        "뿐이지만 매우 중요하다”고 말했다. 야당은 약속된 투자의 절반에도 돈이 모자란다고 주장한다. 서울의 "
        "노동조합은 임금 인상도 요구하고 있다. 표결은 빨라야 시월에 이루어질 전망이며, 최종 결정은 대통령이 "
        "내린다."
    ),
}

_WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "mac_roman", "cp850")
_CENTRAL = ("cp1250", "iso8859-2", "cp852", "mac_latin2")
_CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "mac_cyrillic", "cp866", "cp855")
_BALTIC = ("cp1257", "iso8859-13", "iso8859-4")

LEGACY: dict[str, tuple[str, ...]] = {
    "french": _WESTERN,
    "german": _WESTERN,
    "spanish": _WESTERN,
    "portuguese": _WESTERN,
    "italian": _WESTERN,
    "dutch": _WESTERN,
    "swedish": _WESTERN,
    "norwegian": _WESTERN,
    "danish": _WESTERN,
    "finnish": _WESTERN,
    "icelandic": ("cp1252", "iso8859-1", "iso8859-15", "cp850", "mac_iceland"),
    "polish": _CENTRAL,
    "czech": _CENTRAL,
    "slovak": _CENTRAL,
    "hungarian": _CENTRAL,
    "romanian": _CENTRAL,
    "croatian": _CENTRAL,
    "slovene": _CENTRAL,
    "turkish": ("cp1254", "iso8859-9", "cp857", "mac_turkish"),
    "greek": ("cp1253", "iso8859-7", "cp737", "mac_greek"),
    "russian": _CYRILLIC,
    "ukrainian": ("cp1251", "koi8-u", "iso8859-5", "mac_cyrillic"),
    "bulgarian": ("cp1251", "iso8859-5", "mac_cyrillic", "cp855"),
    "serbian": ("cp1251", "iso8859-5", "mac_cyrillic", "cp855"),
    "hebrew": ("cp1255", "iso8859-8", "cp862"),
    "arabic": ("cp1256", "iso8859-6"),
    "persian": ("cp1256",),
    "lithuanian": _BALTIC,
    "latvian": _BALTIC,
    "estonian": (*_BALTIC, "cp1252", "iso8859-15"),
    "thai": ("cp874", "tis-620", "iso8859-11"),
    "vietnamese": ("cp1258",),
    "chinese-simplified": ("gb18030", "gbk", "gb2312", "hz"),
    "chinese-traditional": ("big5", "cp950", "big5hkscs", "gb18030"),
    "japanese": ("shift_jis", "cp932", "euc_jp", "iso2022_jp"),
    "korean": ("euc_kr", "cp949", "johab", "iso2022_kr"),
}

UNICODE: tuple[str, ...] = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "utf-7",
)

# What a writer types where the encoding has no printer's sign.
PLAIN: dict[str, str] = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "œ": "oe",
    "\u200c": " ", "،": ",", "ё": "е", "ё".upper(): "Е", "є": "е", "―": "-",
}  # fmt: skip


def held_by(text: str, encoding: str) -> str | None:
    """The text as somebody would have typed it in this encoding; None where it cannot hold its letters.

    Vietnamese is written in cp1258 with the tone marks as combining characters.
    """
    if encoding == "cp1258":
        text = _combining_tones(text)
    typed: list[str] = []
    for sign in text:
        try:
            sign.encode(encoding)
        except UnicodeEncodeError:
            if sign not in PLAIN:
                return None
            sign = PLAIN[sign]
        typed.append(sign)
    return "".join(typed)


def _combining_tones(text: str) -> str:
    typed: list[str] = []
    for sign in text:
        try:
            sign.encode("cp1258")
            typed.append(sign)
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", sign)[0], unicodedata.normalize("NFD", sign)[1:]
            if len(tone) == 2:  # ấ: circumflex stays with the letter, the tone follows
                marks = sorted(tone, key=lambda mark: mark in "\u0300\u0301\u0303\u0309\u0323")
                base, tone = unicodedata.normalize("NFC", base + marks[0]), marks[1]
            typed.append(base + tone)
    return "".join(typed)
