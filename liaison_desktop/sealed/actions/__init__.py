"""The verbs: whose seal this laptop has, and keeping what was sealed with it."""

from liaison_desktop.sealed.actions.keeping import keep_sealed
from liaison_desktop.sealed.actions.sealer import Sealer, sealer_of

__all__ = ["Sealer", "keep_sealed", "sealer_of"]
