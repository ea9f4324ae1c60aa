"""The demonstration's texts for the tree: home, sections, contact, about and the pages of the footer.

Blocks are written as (type, value) pairs; `loader` turns names of documents and images into real ones.
"""

from typing import Any

Blocks = list[tuple[str, Any]]

ORGANISATION = {
    "name": "VästKom",
    "purpose": "Västra Götalands 49 kommuner i samverkan om välfärd och regional utveckling.",
    "boilerplate": (
        "<p>VästKom är de 49 kommunernas gemensamma organisation i Västra Götaland. Här samordnar kommunerna det de "
        "behöver göra tillsammans inom välfärd och regional utveckling, genom de fyra kommunalförbunden och i samspel "
        "med Västra Götalandsregionen.</p>"
    ),
    "visiting_address": "Exempelgatan 1\nGöteborg",
    "postal_address": "Exempelgatan 1\n400 00 Göteborg",
    "telephone": "010-000 00 00",
    "email": "info@vastkom.example",
    "press_telephone": "010-000 00 01",
    "press_email": "press@vastkom.example",
}

HOME = {
    "title": "VästKom",
    "mission": "Vi för samman 49 kommuner så att välfärden håller ihop i hela Västra Götaland.",
    "lead": (
        "<p>En kommun klarar mycket själv. Annat blir bättre när alla gör det tillsammans: vård nära hemmet, skolor "
        "som lär av varandra och ett län som utvecklas i samma riktning.</p>"
    ),
    "subscribe_text": "Vill du ha pressmeddelandena direkt?",
    "members_heading": "49 kommuner, fyra förbund, en röst",
    "members_text": (
        "<p>Kommunerna i länet hör till fyra kommunalförbund. Tillsammans står de bakom VästKom. Varje prick på kartan "
        "är en kommun, ungefär där den ligger.</p>"
    ),
}

SECTIONS: list[dict[str, Any]] = [
    {
        "slug": "halsa-och-vard",
        "title": "Hälsa och vård",
        "statement": "Kommunerna och regionen delar ansvaret för vården. Vi ser till att de delar planen också.",
        "body": [
            ("heading", {"text": "Vård nära den som behöver den", "level": "h2"}),
            (
                "text",
                "<p>Allt mer vård ges i hemmet, på särskilda boenden och i skolan. Det är kommunernas ansvar, men "
                "patienten möter också regionens vårdcentraler och sjukhus. För den enskilde ska det kännas som en "
                "enda vård.</p><p>Därför tar VästKom fram gemensamma överenskommelser, riktlinjer och arbetssätt "
                "tillsammans med Västra Götalandsregionen.</p>",
            ),
            ("heading", {"text": "Det här arbetar vi med", "level": "h2"}),
            (
                "text",
                "<ul><li>Avtal om ansvar mellan kommunernas och regionens hälso- och sjukvård.</li>"
                "<li>In- och utskrivning från sjukhus utan onödig väntan.</li>"
                "<li>Gemensam information i vården, så att rätt person ser rätt uppgift.</li>"
                "<li>Barns och ungas hälsa, där skolans elevhälsa är en del.</li></ul>",
            ),
            (
                "facts",
                {
                    "title": "Vem ansvarar för vad?",
                    "text": "<p>Regionen svarar för sjukhus och vårdcentraler. Kommunen svarar för vård upp till "
                    "sjuksköterskenivå i hemmet och på boenden, och för elevhälsan i sina skolor.</p>",
                },
            ),
        ],
        "children": [
            {
                "slug": "elevhalsa",
                "title": "Elevhälsa",
                "lead": "Elevhälsan finns i skolan men är också vård. Här står hur kommunerna samarbetar om den.",
                "body": [
                    (
                        "text",
                        "<p>Skolläkare, skolsköterskor, psykologer och kuratorer arbetar nära eleverna. När en elev "
                        "också har kontakt med regionens vård måste båda veta vad den andra gör.</p>",
                    ),
                ],
            },
        ],
    },
    {
        "slug": "regional-utveckling",
        "title": "Regional utveckling",
        "statement": "Jobb, resor och klimat slutar inte vid kommungränsen. Här enas kommunerna om vart länet ska.",
        "body": [
            ("heading", {"text": "Ett län som hänger ihop", "level": "h2"}),
            (
                "text",
                "<p>Västra Götaland har skärgård, slätt, skog och storstad. Kommunerna har olika förutsättningar men "
                "delar arbetsmarknad, vägar och vatten. VästKom samlar deras hållning i frågor där länet behöver "
                "tala med en röst.</p>",
            ),
            (
                "table",
                {
                    "caption": "Länets kommunalförbund och antalet medlemmar i länet",
                    "columns": [
                        {"type": "text", "heading": "Kommunalförbund"},
                        {"type": "number", "heading": "Kommuner"},
                    ],
                    "rows": [
                        {"values": ["Skaraborg", "15"]},
                        {"values": ["Fyrbodal", "14"]},
                        {"values": ["Göteborgsregionen", "12"]},
                        {"values": ["Boråsregionen Sjuhärad", "8"]},
                    ],
                },
            ),
            ("text", "<p>Göteborgsregionen har tretton medlemmar; en av dem ligger i Hallands län.</p>"),
        ],
        "children": [],
    },
    {
        "slug": "digital-samverkan",
        "title": "Digital samverkan",
        "statement": "49 kommuner behöver inte lösa samma sak 49 gånger. Vi bygger och upphandlar det gemensamma ihop.",
        "body": [
            ("heading", {"text": "Gemensamt där det lönar sig", "level": "h2"}),
            (
                "text",
                "<p>Små kommuner har sällan råd med egna specialister på upphandling och informationssäkerhet. När "
                "flera går samman blir kraven tydligare, priserna bättre och systemen lättare att koppla ihop.</p>",
            ),
            (
                "quote",
                {
                    "text": "Det viktiga är inte vilket system vi köper utan att uppgiften finns där patienten är.",
                    "speaker": "Maja Sandqvist",
                    "role": "utvecklingsledare",
                    "organisation": "VästKom",
                },
            ),
        ],
        "children": [],
    },
]

PAGES: list[dict[str, Any]] = [
    {
        "slug": "om",
        "title": "Om VästKom",
        "lead": "VästKom är den organisation genom vilken länets 49 kommuner handlar tillsammans.",
        "body": [
            ("heading", {"text": "Så styrs VästKom", "level": "h2"}),
            (
                "text",
                "<p>De fyra kommunalförbunden äger VästKom tillsammans. I styrelsen möts kommunföreträdare från hela "
                "länet. Besluten fattas i kommunerna; VästKom bereder, samordnar och följer upp.</p>",
            ),
            ("heading", {"text": "Varför samverka?", "level": "h2"}),
            (
                "text",
                "<p>Den som flyttar mellan två kommuner, går i skolan i en tredje och vårdas på sjukhus i en fjärde ska "
                "inte behöva veta vem som ansvarar för vad. Samverkan gör att stödet håller ihop ändå.</p>",
            ),
        ],
    },
    {
        "slug": "kontakt",
        "title": "Kontakt",
        "lead": "Här når du oss. Är du journalist finns numret till presstjänsten nedan.",
        "body": [
            ("heading", {"text": "Alla frågor", "level": "h2"}),
            (
                "text",
                '<p>Telefon 010-000 00 00, helgfria vardagar kl. 8–16.<br/>E-post <a href="mailto:info@vastkom.example">'
                "info@vastkom.example</a></p>",
            ),
            ("heading", {"text": "För pressen", "level": "h2"}),
            (
                "text",
                '<p>Telefon 010-000 00 01, alla dagar kl. 7–22.<br/>E-post <a href="mailto:press@vastkom.example">'
                "press@vastkom.example</a></p>",
            ),
            (
                "facts",
                {
                    "title": "Det här är exempeluppgifter",
                    "text": "<p>Adresser, nummer och namn på den här demonstrationssajten är påhittade och leder "
                    "ingenstans.</p>",
                },
            ),
        ],
    },
    {
        "slug": "om-webbplatsen",
        "title": "Om webbplatsen",
        "lead": "En demonstration av hur en press- och informationssajt för VästKom kan se ut.",
        "body": [
            (
                "text",
                "<p>Texterna är skrivna för demonstrationen. Pressmeddelandet om vårdens nya it-stöd bygger på verkliga "
                "uppgifter. Övriga pressmeddelanden, personer och kontaktuppgifter är exempel.</p>"
                "<p>Webbplatsen sätter inga kakor för den som bara läser, och hämtar ingenting från andra servrar.</p>",
            ),
        ],
    },
    {
        "slug": "tillganglighet",
        "title": "Tillgänglighet",
        "lead": "Alla ska kunna läsa, söka och navigera här, oavsett hur de gör det.",
        "body": [
            (
                "text",
                "<p>Webbplatsen är byggd för att följa WCAG 2.2 på nivå AA. Den går att använda med tangentbord, "
                "med skärmläsare, utan Javascript och i förstoring till 400 procent.</p>"
                '<p>Hittar du något som inte fungerar? Skriv till <a href="mailto:info@vastkom.example">'
                "info@vastkom.example</a>. Vi svarar oftast inom två arbetsdagar. Du kan också anmäla brister till "
                '<a href="https://www.digg.se/tdosanmalan">Myndigheten för digital förvaltning</a>.</p>',
            ),
        ],
    },
]
