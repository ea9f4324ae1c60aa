"""The demonstration's press releases, and the people who answer for them."""

from typing import Any

CONTACTS: list[dict[str, str]] = [
    {
        "name": "Karin Ekström",
        "role": "presschef",
        "telephone": "010-000 00 01",
        "email": "press@vastkom.example",
    },
    {
        "name": "Ali Rahimi",
        "role": "kommunikatör, hälsa och vård",
        "telephone": "010-000 00 02",
        "email": "ali.rahimi@vastkom.example",
    },
    {
        "name": "Maja Sandqvist",
        "role": "utvecklingsledare, digital samverkan",
        "telephone": "010-000 00 03",
        "email": "maja.sandqvist@vastkom.example",
    },
]

MILLENNIUM: dict[str, Any] = {
    "slug": "millennium-blir-nytt-it-stod-for-varden",
    "title": "Kommunerna kan dela vårdens nya it-stöd",
    "published": "2018-09-27 10:00",
    "lead": (
        "Västra Götalandsregionen har valt Millennium från Cerner Sverige AB som kärna i vårdens nya it-stöd. "
        "Upphandlingen gjordes tillsammans med länets 49 kommuner, och alla kan använda systemet i sin egen vård."
    ),
    "image": ("coast", 3, "Låga klippor och öar i flera lager under en blek sol.", "Grundlinjer för en gemensam vård."),
    "body": [
        (
            "text",
            "<p>Samtliga 49 kommuner har tecknat optioner. Det ger dem rätt att ansluta sin kommunala hälso- och "
            "sjukvård, också elevhälsan i skolorna, till samma system som regionens sjukhus och vårdcentraler. VästKom "
            "har samordnat kommunernas arbete i upphandlingen.</p>",
        ),
        (
            "quote",
            {
                "text": "För patienten spelar det ingen roll vem som är huvudman. Med ett gemensamt it-stöd kan "
                "uppgifterna följa människan i stället för att stanna vid organisationens gräns.",
                "speaker": "Thomas Jungbeck",
                "role": "direktör",
                "organisation": "VästKom",
            },
        ),
        ("heading", {"text": "Ett beprövat system", "level": "h2"}),
        (
            "text",
            "<p>Millennium används av mer än 25 000 vårdenheter i världen. Av dem är 5 700 sjukhus. I Västra Götaland "
            "blir systemet navet i det vårdinformationsstöd som ska ersätta flera äldre lösningar.</p>",
        ),
        ("heading", {"text": "Vad händer nu?", "level": "h2"}),
        (
            "text",
            "<p>Beslutet kan överklagas till och med den 8 oktober. Därefter kan avtalet tecknas. Varje kommun avgör "
            "själv när och hur den vill använda sin option.</p>",
        ),
        (
            "facts",
            {
                "title": "Fakta om upphandlingen",
                "text": "<ul><li>Köpare: Västra Götalandsregionen, tillsammans med länets 49 kommuner.</li>"
                "<li>Leverantör: Cerner Sverige AB.</li><li>System: Millennium.</li>"
                "<li>Kan överklagas till och med 8 oktober.</li></ul>",
            },
        ),
    ],
    "attachments": [("Pressmeddelandet i sin helhet", "coast")],
    "contacts": [0, 2],
}


def quote(text: str, speaker: str, role: str, organisation: str = "VästKom") -> tuple[str, dict[str, str]]:
    return ("quote", {"text": text, "speaker": speaker, "role": role, "organisation": organisation})


RELEASES: list[dict[str, Any]] = [
    MILLENNIUM,
    {
        "slug": "gemensam-overenskommelse-om-utskrivning",
        "title": "Ny överenskommelse ska korta väntan på sjukhus",
        "published": "2019-03-14 09:00",
        "lead": "Den som är färdigbehandlad ska kunna komma hem utan att vänta på att kommun och region blir klara med "
        "varandra. Nu har länets kommuner enats om hur det ska gå till.",
        "body": [
            (
                "text",
                "<p>Överenskommelsen beskriver vem som gör vad från det att en patient skrivs in till dess att stödet "
                "hemma är på plats. Den gäller i alla 49 kommuner.</p><p>Kommunerna får också en gemensam modell för "
                "att följa upp hur länge människor väntar, och varför.</p>",
            ),
            quote("En säng på sjukhus är fel plats för den som hellre är hemma.", "Lena Boman", "processledare"),
        ],
        "contacts": [1],
    },
    {
        "slug": "kommunerna-samlas-om-elevhalsan",
        "title": "Elevhälsan får gemensamma riktlinjer",
        "published": "2019-11-05 08:30",
        "lead": "Skolsköterskor och kuratorer i hela länet får samma riktlinjer att arbeta efter. Målet är att en elev "
        "ska få likvärdigt stöd oavsett skola.",
        "image": ("forest", 5, "Granskog i disig morgon, lager bakom lager.", ""),
        "body": [
            (
                "text",
                "<p>Riktlinjerna har tagits fram av verksamheterna själva. De handlar om hälsobesök, journalföring "
                "och om när skolan ska ta kontakt med regionens vård.</p>",
            ),
            ("heading", {"text": "Börjar gälla vid läsårsstart", "level": "h2"}),
            ("text", "<p>Kommunerna utbildar sin personal under våren. Riktlinjerna följs upp efter ett år.</p>"),
        ],
        "contacts": [1],
    },
    {
        "slug": "stod-till-kommunerna-under-pandemin",
        "title": "Kommunerna delar skyddsutrustning under pandemin",
        "published": "2020-04-02 14:00",
        "lead": "När munskydd och visir saknas i en kommun ska de kunna hämtas i en annan. VästKom samordnar ett "
        "gemensamt lager för äldreomsorgen.",
        "body": [
            (
                "text",
                "<p>Varje kommun anmäler sitt behov två gånger i veckan. Utrustningen fördelas efter var smittan är "
                "störst, inte efter vem som beställde först.</p>",
            ),
            quote("Ingen kommun ska behöva stå ensam i en kris som drabbar alla.", "Lena Boman", "processledare"),
        ],
        "contacts": [0, 1],
    },
    {
        "slug": "digitala-vardmoten-fran-hemmet",
        "title": "Digitala vårdmöten testas i elva kommuner",
        "published": "2020-10-20 09:00",
        "lead": "Hemsjukvården i elva kommuner provar att ringa in läkaren i stället för att skjutsa patienten. Försöket "
        "pågår i ett halvår.",
        "body": [
            (
                "text",
                "<p>Sjuksköterskan är på plats i hemmet och läkaren med på skärm. Det sparar resor för den som är svag "
                "och tid för dem som vårdar.</p>",
            ),
        ],
        "contacts": [2],
    },
    {
        "slug": "fler-utbildas-till-underskoterskor",
        "title": "Gemensam satsning ska ge fler undersköterskor",
        "published": "2021-05-18 07:45",
        "lead": "Länets kommuner behöver anställa tusentals undersköterskor de närmaste åren. Nu samordnar de sina "
        "utbildningar så att fler kan studera nära hemmet.",
        "image": ("dusk", 8, "Kuperat landskap i varm kvällssol.", "Fler ska kunna utbilda sig på hemorten."),
        "body": [
            (
                "text",
                "<p>Kurserna läggs upp lika i alla kommuner. Den som börjar på en ort kan fortsätta på en annan, och "
                "den som redan arbetar kan läsa på deltid.</p>",
            ),
            ("heading", {"text": "Tre delar i satsningen", "level": "h2"}),
            (
                "text",
                "<ol><li>Lika kursplaner i länet.</li><li>Handledare på varje arbetsplats.</li>"
                "<li>Validering av det man redan kan.</li></ol>",
            ),
            quote("Vi konkurrerar inte om samma människor. Vi utbildar fler.", "Henrik Alm", "strateg"),
        ],
        "contacts": [0],
    },
    {
        "slug": "yttrande-om-kollektivtrafiken",
        "title": "Kommunerna vill se tätare tåg mellan städerna",
        "published": "2021-12-01 10:15",
        "lead": "Pendlingen växer snabbare än trafiken. I ett gemensamt yttrande pekar kommunerna ut de sträckor där "
        "behovet är störst.",
        "body": [
            (
                "text",
                "<p>Yttrandet lyfter fyra stråk som binder samman länets delar. Kommunerna understryker att landsbygden "
                "behöver bussar som passar tågen.</p>",
            ),
        ],
        "attachments": [("Yttrandet i sin helhet", None)],
        "contacts": [0],
    },
    {
        "slug": "klimatlofte-i-49-kommuner",
        "title": "Alla 49 kommuner följer upp klimatet på samma sätt",
        "published": "2022-06-09 09:00",
        "lead": "För första gången kan kommunernas klimatarbete jämföras rakt av. En gemensam mall visar utsläpp, "
        "åtgärder och vad de kostar.",
        "image": ("winter", 11, "Blå berg i vinterljus.", ""),
        "body": [
            (
                "text",
                "<p>Mallen fylls i en gång om året. Resultaten blir öppna data som vem som helst kan använda.</p>",
            ),
            (
                "table",
                {
                    "caption": "Det här mäts",
                    "columns": [
                        {"type": "text", "heading": "Område"},
                        {"type": "text", "heading": "Mått"},
                    ],
                    "rows": [
                        {"values": ["Transporter", "Ton koldioxid per år"]},
                        {"values": ["Byggnader", "Köpt energi per kvadratmeter"]},
                        {"values": ["Mat", "Utsläpp per portion"]},
                    ],
                },
            ),
        ],
        "contacts": [0],
    },
    {
        "slug": "samordnad-inskrivning-for-barn",
        "title": "En väg in för barn som behöver stöd från flera",
        "published": "2023-02-21 08:00",
        "lead": "Familjer ska slippa samordna hjälpen själva. Kommunerna och regionen provar en gemensam mottagning för "
        "barn och unga.",
        "body": [
            (
                "text",
                "<p>Skola, socialtjänst och vård träffar familjen samtidigt och gör en plan tillsammans. Försöket "
                "börjar i fyra kommuner av olika storlek.</p>",
            ),
            quote(
                "Föräldrar har berättat om fjorton kontaktpersoner. Målet är en.",
                "Sara Lindh",
                "samordnare, barn och unga",
            ),
        ],
        "contacts": [1],
    },
    {
        "slug": "cybersakerhet-ovas-tillsammans",
        "title": "Kommunerna övar tillsammans mot it-angrepp",
        "published": "2023-10-11 13:00",
        "lead": "Vad gör hemtjänsten när systemen är nere i tre dygn? Under hösten övar alla kommuner samma händelse.",
        "body": [
            (
                "text",
                "<p>Övningen pågår i två dagar. Varje kommun arbetar på sin plats men delar lägesbild med de andra. "
                "Erfarenheterna samlas i en gemensam checklista.</p>",
            ),
        ],
        "contacts": [2],
    },
    {
        "slug": "kultur-for-aldre",
        "title": "Konsten kommer hem till äldre i hela länet",
        "published": "2024-04-17 09:30",
        "lead": "Musik, dans och bilder på äldreboenden i alla kommuner. En gemensam beställning gör att också de minsta "
        "kommunerna kan vara med.",
        "image": ("dusk", 14, "Kvällshimmel över åsar.", ""),
        "body": [
            (
                "text",
                "<p>Programmet tas fram med länets egna kulturskapare. Personalen på boendena väljer vad som passar, "
                "och de boende är med och värderar.</p>",
            ),
        ],
        "contacts": [0],
    },
    {
        "slug": "ny-rapport-om-nara-vard",
        "title": "Rapport: så långt har den nära vården kommit",
        "published": "2025-02-06 08:00",
        "lead": "Fler vårdas hemma och färre åker in akut. Men skillnaderna mellan kommunerna är fortfarande stora, "
        "visar en genomgång av omställningen till nära vård.",
        "body": [
            (
                "text",
                "<p>Rapporten bygger på intervjuer i samtliga kommuner. Den lyfter tre saker som skiljer de kommuner "
                "där omställningen gått fort: tid för samtal, ett gemensamt mål och chefer som stannar.</p>",
            ),
            ("heading", {"text": "Sammanfattning", "level": "h2"}),
            ("heading", {"text": "Det går åt rätt håll", "level": "h3"}),
            ("text", "<p>Hemsjukvården når fler, och fler får en fast kontakt.</p>"),
            ("heading", {"text": "Det som återstår", "level": "h3"}),
            ("text", "<p>Journaler som inte kan läsas av alla är det hinder som nämns oftast.</p>"),
            (
                "film",
                {
                    "title": "Tre kommuner berättar om nära vård",
                    "url": "https://example.com/film",
                    "length": "3 min",
                    "transcript": "En sjuksköterska, en chef och en anhörig berättar i tur och ordning.",
                },
            ),
        ],
        "attachments": [("Rapporten Nära vård i 49 kommuner", "forest"), ("Rapportens bilaga med tabeller", None)],
        "contacts": [1, 0],
    },
    {
        "slug": "remissvar-om-socialtjanstlagen",
        "title": "Förebyggande arbete måste få ta tid, skriver kommunerna",
        "published": "2025-09-23 11:00",
        "lead": "I sitt svar på statens remiss välkomnar kommunerna en socialtjänst som hjälper tidigare, men efterlyser "
        "besked om pengarna.",
        "body": [
            (
                "text",
                "<p>Svaret är gemensamt för länets kommunalförbund. Det pekar på att vinsterna av tidiga insatser "
                "kommer först efter flera år, och ofta hos någon annan än den som betalat.</p>",
            ),
        ],
        "attachments": [("Remissvaret", None)],
        "contacts": [0],
    },
    {
        "slug": "gemensam-larportal-for-omsorgen",
        "title": "14 000 medarbetare får samma digitala kurser",
        "published": "2026-05-12 09:00",
        "lead": "En ny lärportal ger omsorgens medarbetare i hela länet tillgång till samma utbildningar, när och var "
        "det passar dem.",
        "image": ("coast", 21, "Öar i blågrönt dis.", "Kurserna går att ta i mobilen, också på en ö."),
        "body": [
            (
                "text",
                "<p>Kurserna handlar om basal hygien, demens, läkemedel och bemötande. De är korta, finns på lätt "
                "svenska och går att göra i mobilen.</p>",
            ),
            quote(
                "Den som börjar på måndag ska kunna det viktigaste på fredag.", "Maja Sandqvist", "utvecklingsledare"
            ),
            (
                "call_to_action",
                {"page": None, "url": "/kontakt/", "label": "Anmäl dig till pressvisningen", "note": "Senast 20 maj."},
            ),
        ],
        "contacts": [2],
    },
    {
        "slug": "forslag-till-ny-plan-for-lanet",
        "title": "Länets kommuner enas om mål för de kommande fyra åren",
        "published": "2026-11-10 08:00",
        "lead": "Trygg vård nära hemmet, utbildning som leder till jobb och ett län som håller ihop. Det är målen i den "
        "plan som nu går ut till kommunerna.",
        "body": [
            (
                "text",
                "<p>Planen är resultatet av samtal i hela länet under ett år. Varje mål har en ansvarig och ett mått "
                "som går att följa.</p>",
            ),
            quote(
                "En plan är inget värd förrän den märks i vardagen. Därför har vi färre mål än förut, och skarpare.",
                "Henrik Alm",
                "strateg",
            ),
            ("heading", {"text": "Så fortsätter arbetet", "level": "h2"}),
            ("text", "<p>Kommunerna lämnar synpunkter under vintern. Beslut väntas i april.</p>"),
        ],
        "contacts": [0],
    },
]
