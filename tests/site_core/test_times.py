"""Times as people write them: understood to the minute, or refused in words; never guessed."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from site_core.time_reading import read_date, read_time
from site_core.times import MONTHS, in_words, until_in_words

SWEDEN = ZoneInfo("Europe/Stockholm")
# A Wednesday, at eleven in the morning.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
MEANT = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
moments = st.datetimes(datetime(1950, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0)
)


@pytest.mark.parametrize(
    "text",
    """26 november 2026 kl. 08.00
    torsdag 26 november 2026 kl. 08.00
    torsdag den 26 november kl 8
    Torsdagen den 26:e november klockan 8
    tors 26 nov. kl 8.00
    2026-11-26 kl 08:00
    2026-11-26 08.00
    2026-11-26 0800
    2026-11-26T08:00
    2026-11-26T08:00:00+01:00
    2026-11-26T07:00Z
    2026-11-26 (torsdag) kl. 08.00
    26/11/2026 08:00
    26/11 2026 08.00
    26/11-2026, kl. 8
    26/11 kl 8
    26.11.2026 8.00
    26-11-2026 08:00
    26 nov 2026 08.00
    26 NOVEMBER 2026, KLOCKAN 8
    26 november 2026 \u2013 08.00
    26\u00a0november\u00a02026 kl.\u00a008.00
    26\u202fnovember 2026\u200b kl. 08.00.
    20261126 0800
    20261126T0800
    i morgon kl 8
    Imorgon 08.00
    på torsdag kl. 8
    torsdag 08.00
    nu på torsdag klockan 08:00
    kl. 08.00 torsdag 26 november 2026
    08.00 den 26 november""".splitlines(),
)
def test_the_usual_ways_to_write_a_time_mean_that_time(text: str) -> None:
    assert read_time(text, NOW) == MEANT


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i dag 14.30", datetime(2026, 11, 25, 14, 30)),  # noqa: DTZ001
        ("i övermorgon kl 8", datetime(2026, 11, 27, 8, 0)),  # noqa: DTZ001
        ("på onsdag den 2 december kl 8", datetime(2026, 12, 2, 8, 0)),  # noqa: DTZ001
        ("15 januari kl 8", datetime(2027, 1, 15, 8, 0)),  # noqa: DTZ001
        ("29 feb 2028 kl 8", datetime(2028, 2, 29, 8, 0)),  # noqa: DTZ001
        ("5/12/2026 00.00", datetime(2026, 12, 5, 0, 0)),  # noqa: DTZ001
        ("24 november 2026 kl 8", datetime(2026, 11, 24, 8, 0)),  # noqa: DTZ001
    ],
)
def test_other_days_are_told_from_today(text: str, meant: datetime) -> None:
    assert read_time(text, NOW) == meant.replace(tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fredag 26 november 2026 kl. 08.00", "26 november 2026 är en torsdag, inte en fredag."),
        ("2026-11-26 (fre) 08.00", "är en torsdag, inte en fredag"),
        ("26 november 2026", "Skriv klockslaget också, till exempel ”26 november 2026 kl. 08.00”."),
        ("2026-11-26", "Skriv klockslaget också"),
        ("26/11 2026", "Skriv klockslaget också"),
        ("26 november 2030", "Skriv klockslaget också"),
        ("i morgon", "Skriv klockslaget också"),
        ("nu på fredag", "Skriv klockslaget också, till exempel ”27 november 2026"),
        ("08.00", "Skriv dagen också"),
        ("klockan 8", "Skriv dagen också"),
        ("03/04/26 08.00", "Skriv året med fyra siffror"),
        ("26-11-26 kl 8", "Skriv året med fyra siffror"),
        ("11-26-2026 08.00", "Det finns ingen månad 26. Skriv dagen före månaden"),
        ("26 november 2026 kl. 24.00", "24.00 kan betyda två olika dagar"),
        ("26 november 2026 25:61", "Klockslaget 25.61 finns inte"),
        ("31 februari 2026 kl 8", "Datumet 31 februari 2026 finns inte"),
        ("31 november kl 8", "Datumet 31 november finns inte"),
        ("29 februari 2027 kl 8", "finns inte"),
        ("29 februari kl 8", "Skriv året också"),
        ("24 november kl 8", "har redan passerat. Skriv ut året"),
        ("25 november kl 8", "har redan passerat. Skriv ut året"),
        ("på onsdag kl 18", "I dag är det onsdag"),
        ("0000-11-26 08:00", "Året 0 kan inte stämma"),
        ("2026-11-26 08:00:30", "hela minuter"),
        ("2027-03-28 02:30", "Klockan blir aldrig 02.30 den 28 mars 2027"),
        ("31 oktober 2027 kl. 02.30", "två gånger den 31 oktober 2027"),
        ("26 november 2026 kl. 08.00 sommartid", "inte ”sommartid”"),
        *(
            (text, "Det går inte att förstå tiden. Skriv den som i ”26 november 2026 kl. 08.00”.")
            for text in (
                "nu",
                "now",
                "nästa torsdag kl 8",
                "26 november 2026 8",
                "26 november 2026 8.00 em",
                "26 november 2026 8,00",
                "26 novmber 2026 kl 8",
                "november 26 2026 08.00",
                "10.11 12.10",
                "261126 0800",
                "2026-11-26 08.00-09.00",
                "2026-11-26 08:00 2026-11-27 08:00",
                "vecka 48",
                "٢٠٢٦-11-26 08:00",
                "2026-11-26 08:00" * 20,
            )
        ),
    ],
)
def test_what_is_no_time_for_sure_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_time(text, NOW)
    assert said in refusal.value.messages[0]


def test_an_hour_that_comes_twice_can_be_told_apart() -> None:
    first, second = (read_time(f"31 oktober 2027 kl. 02.30 {half}", NOW) for half in ("sommartid", "normaltid"))
    assert (first.astimezone(UTC).hour, second.astimezone(UTC).hour) == (0, 1)


@given(moments)
@example(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))
@example(datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
def test_what_the_site_writes_is_read_back_to_the_same_moment(moment: datetime) -> None:
    words = in_words(moment)
    assert read_time(words, NOW) == moment
    assert read_time(words.replace(" ", "\u00a0").upper(), NOW) == moment
    assert read_time(words.partition(" ")[2], NOW) == moment
    assert read_time(f"{moment:%Y-%m-%dT%H:%M}Z", NOW) == moment


@given(
    moments, st.sampled_from(["{0:%Y-%m-%d %H:%M}", "{0.day}/{0.month} {0.year} kl {0.hour}.{0:%M}", "{0:%Y%m%d %H%M}"])
)
def test_other_forms_are_read_to_the_minute_unless_the_hour_is_no_single_one(moment: datetime, form: str) -> None:
    local = moment.astimezone(SWEDEN)
    try:
        read = read_time(form.format(local), NOW)
    except ValidationError:
        assert local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    else:
        assert read == moment


parts = st.sampled_from(
    [*"0123456789 .:/-,T", "26", "11", "2026", "kl", "kl.", " november ", "nov", "i morgon ", "torsdag ", "på ", "den "]
)


@given(st.one_of(st.text(max_size=40), st.lists(parts, max_size=12).map("".join)))
def test_other_text_is_refused_or_names_its_day_and_hour(text: str) -> None:
    try:
        local = read_time(text, NOW).astimezone(SWEDEN)
    except ValidationError:
        return
    assert local.second == 0
    digits = re.findall(r"\d+", text)
    assert any(str(local.hour) == str(int(part)) or f"{local:%H%M}" == part for part in digits)
    names_day = str(local.day) in text or f"{local:%d}" in text
    assert names_day or re.search("morgon|dag", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "text", ["26 november 2026", "2026-11-26", "26/11/2026", "26.11.2026", "i morgon", "torsdag 26 nov"]
)
def test_a_day_is_read_too(text: str) -> None:
    assert read_date(text, NOW) == date(2026, 11, 26)


@pytest.mark.parametrize("text", ["03/04/26", "26 november 2026 kl. 08.00", "banan", "31 februari 2026", "11/26/2026"])
def test_what_is_no_single_day_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_date(text, NOW)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(days=1, hours=21), "om 1 dag och 21 timmar"),
        (timedelta(hours=21), "om 21 timmar"),
        (timedelta(hours=1, minutes=1), "om 1 timme och 1 minut"),
        (timedelta(days=1), "om 1 dag"),
        (timedelta(hours=23, minutes=59, seconds=40), "om 1 dag"),
        (timedelta(days=2, hours=23, minutes=50), "om 3 dagar"),
        (timedelta(minutes=5), "om 5 minuter"),
        (timedelta(seconds=20), "om mindre än en minut"),
        (timedelta(seconds=-20), "nyss"),
        (timedelta(hours=-2), "för 2 timmar sedan"),
    ],
)
def test_how_long_it_is_until_then_is_said_in_two_units(ahead: timedelta, said: str) -> None:
    with time_machine.travel(NOW, tick=False):
        assert until_in_words(NOW + ahead) == said


def test_every_month_and_weekday_is_written_and_read() -> None:
    for number, name in enumerate(MONTHS, start=1):
        moment = datetime(2027, number, 14, 8, 0, tzinfo=SWEDEN)
        assert f" {name} " in in_words(moment)
        assert read_time(f"14 {name[:3]} 2027 kl 8", NOW) == moment
