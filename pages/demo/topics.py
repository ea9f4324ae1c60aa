"""What the demonstration's releases are about: slug to topics and municipalities."""

TOPICS: dict[str, tuple[str, str]] = {
    "halsa-och-vard": (
        "Hälsa och vård",
        "Vård nära den som behöver den, hemma, i skolan och mellan sjukhus och kommun.",
    ),
    "digitalt": ("Digital samverkan", "System, säkerhet och kunskap som 49 kommuner delar."),
    "utbildning": ("Utbildning och arbete", "Om skolan, yrken som saknar folk och lärande på jobbet."),
    "regional-utveckling": ("Regional utveckling", "Resor, klimat, kultur och länets gemensamma plan."),
}

ABOUT: dict[str, tuple[list[str], list[str]]] = {
    "millennium-blir-nytt-it-stod-for-varden": (["halsa-och-vard", "digitalt"], []),
    "gemensam-overenskommelse-om-utskrivning": (["halsa-och-vard"], ["Skövde", "Lidköping", "Borås"]),
    "kommunerna-samlas-om-elevhalsan": (["halsa-och-vard", "utbildning"], []),
    "stod-till-kommunerna-under-pandemin": (["halsa-och-vard"], ["Göteborg", "Mölndal", "Partille"]),
    "digitala-vardmoten-fran-hemmet": (
        ["halsa-och-vard", "digitalt"],
        ["Dals-Ed", "Bengtsfors", "Färgelanda", "Mellerud", "Åmål"],
    ),
    "fler-utbildas-till-underskoterskor": (
        ["utbildning", "halsa-och-vard"],
        ["Trollhättan", "Uddevalla", "Vänersborg"],
    ),
    "yttrande-om-kollektivtrafiken": (["regional-utveckling"], ["Borås", "Göteborg", "Alingsås", "Uddevalla"]),
    "klimatlofte-i-49-kommuner": (["regional-utveckling"], []),
    "samordnad-inskrivning-for-barn": (["halsa-och-vard", "utbildning"], ["Mariestad", "Töreboda", "Gullspång"]),
    "cybersakerhet-ovas-tillsammans": (["digitalt"], []),
    "kultur-for-aldre": (["regional-utveckling", "halsa-och-vard"], ["Strömstad", "Tanum", "Orust", "Tjörn"]),
    "ny-rapport-om-nara-vard": (["halsa-och-vard"], ["Tidaholm", "Herrljunga", "Sotenäs"]),
    "remissvar-om-socialtjanstlagen": (["halsa-och-vard"], []),
    "gemensam-larportal-for-omsorgen": (["digitalt", "utbildning"], []),
    "forslag-till-ny-plan-for-lanet": (["regional-utveckling"], []),
}
