"""`manage.py check_pdfs`: look at the PDF files that came before the site looked at each when it is uploaded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from site_core.media.pdf import LOCKED, read_pdf
from site_core.models import SiteDocument


class Command(BaseCommand):
    help = "Note what readers will miss in each stored PDF. Only those that nobody has looked at, unless --all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="look at all of them anew")

    def handle(self, *args: Any, **options: Any) -> None:
        documents = SiteDocument.objects.filter(file__iendswith=".pdf").order_by("pk")
        if not options["all"]:
            documents = documents.filter(faults__isnull=True)
        for document in documents.iterator():
            try:
                with document.open_file() as stream:
                    facts = read_pdf(stream)
            except OSError as error:
                self.stderr.write(f"{document.pk} {document.file.name}: {error}")
                continue
            faults = [LOCKED] if facts.needs_password else facts.faults
            SiteDocument.objects.filter(pk=document.pk).update(faults=faults)
            if faults:
                self.stdout.write(f"{document.pk} {document.file.name}: {', '.join(faults)}")
