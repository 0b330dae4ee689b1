"""What must hold of tasks, and the clocks: worked out of rules that are policy and moments that features give."""

from liaison_desktop.tasks.rules.ending import due_faults, ending_faults, reason_faults

__all__ = ["due_faults", "ending_faults", "reason_faults"]
