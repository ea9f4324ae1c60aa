"""The site's general pages."""

from .home import HomePage
from .stories import SectionPage, StandardPage

__all__ = ["HomePage", "SectionPage", "StandardPage"]
