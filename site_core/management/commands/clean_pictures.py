"""`manage.py clean_pictures`: take out of stored pictures what is taken out of new ones when they are uploaded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from site_core.media.pictures.stored import CleanedPicture, clean_stored

# In the order in which they are told.
NAMES = {
    "position": "position",
    "exif": "personal Exif fields",
    "xmp": "XMP properties",
    "iptc": "IPTC fields",
    "preview": "small preview",
    "comment": "comments",
    "other": "other embedded parts",
    "after": "data after the picture",
}


class Command(BaseCommand):
    help = (
        "Take position and personal data out of every stored picture. Credit, copyright, orientation, colour profile "
        "and the digital source type stay, and so do addresses. Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        cleaned = renditions = failures = 0
        for result in clean_stored(dry_run=dry_run):
            cleaned += result.changed
            renditions += result.renditions
            failures += bool(result.failure)
            self._tell(result)
        would = "would be " if dry_run else ""
        self.stdout.write(f"{cleaned} pictures {would}cleaned, {renditions} renditions {would}made anew.")
        if failures:
            raise CommandError(f"{failures} pictures could not be read: see above")

    def _tell(self, result: CleanedPicture) -> None:
        image = result.image
        if result.failure:
            self.stderr.write(f"{image.pk} {image.file.name}: can't be read: {result.failure}")
            return
        found = ", ".join(name for key, name in NAMES.items() if key in result.removed)
        self.stdout.write(f"{image.pk} {image.file.name}: {found}; renditions: {result.renditions}")
