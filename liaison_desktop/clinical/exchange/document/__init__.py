"""Our records as FHIR R4 (4.0.1) resources, each mapping one plain function from values to JSON; and the Bundle of them."""

from liaison_desktop.clinical.exchange.document.bundle import bundle_of
from liaison_desktop.clinical.exchange.document.leaving import export_episode

__all__ = ["bundle_of", "export_episode"]
