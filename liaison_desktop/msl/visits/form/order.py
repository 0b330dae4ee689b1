"""The order of the Tab key in a visit; the kit holds what it needs."""

from liaison_desktop.ui.tab_order import FollowsTheEye, one_stop

__all__ = ["FollowsTheEye", "one_stop"]
