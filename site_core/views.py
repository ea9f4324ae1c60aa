"""What the editor's scripts ask for."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .time_reading import read_date, read_time
from .times import WEEKDAYS, date_in_words, in_words, swedish_time, until_in_words


@require_safe
def how_a_time_is_read(request: HttpRequest) -> JsonResponse:
    """Say in words how the text of a field for a time, or a day, is understood, or why it is refused."""
    text = request.GET.get("text", "")
    try:
        return JsonResponse(_day(text) if request.GET.get("kind") == "date" else _moment(text))
    except ValidationError as error:
        return JsonResponse({"refused": error.messages[0]})


def _moment(text: str) -> dict[str, str]:
    moment = read_time(text)
    words = f"{in_words(moment)}, {until_in_words(moment)}"
    if moment <= timezone.now():
        return {"refused": words}
    return {"words": words, "moment": moment.isoformat(), "local": f"{swedish_time(moment):%Y-%m-%dT%H:%M}"}


def _day(text: str) -> dict[str, str]:
    day = read_date(text)
    return {"words": f"{WEEKDAYS[day.weekday()]} {date_in_words(day)}", "local": day.isoformat()}
