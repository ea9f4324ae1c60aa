"""Dates in Wagtail's own rooms: its times are written as ours are, and in its filters the day stands before the month.

Django's Swedish formats take 03/04/2026 for the fourth of March.
"""

DATETIME_FORMAT = r"l j F Y \k\l. H.i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y", "%d/%m %Y", "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M"]
