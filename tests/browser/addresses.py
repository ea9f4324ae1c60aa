"""Where the demo's pages are: one of each kind, and some as a reader has narrowed them down."""

RELEASE = "/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/"
TEXT_ONLY = "/pressmeddelanden/cybersakerhet-ovas-tillsammans/"
REPORT = "/pressmeddelanden/ny-rapport-om-nara-vard/"
PAGES = [
    "/",
    "/halsa-och-vard/",
    "/halsa-och-vard/elevhalsa/",
    "/regional-utveckling/",
    "/om/",
    "/pressmeddelanden/",
    "/pressmeddelanden/amne/digitalt/",
    "/pressmeddelanden/?ar=2023&amne=halsa-och-vard",
    "/pressmeddelanden/kommun/ale/",
    RELEASE,
    REPORT,
    TEXT_ONLY,
    "/sok/",
    "/sok/?q=kommunerna&typ=press&ordning=datum",
    "/sok/?q=giraff",
    "/prenumeration/",
    "/prenumeration/?amne=digitalt&kommun=ale",
    "/prenumeration/hantera/",
    "/prenumeration/avsluta/fel/",
    "/finns-inte/",
]
