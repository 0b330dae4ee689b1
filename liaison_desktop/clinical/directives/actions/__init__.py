"""What can be done about decisions. The only writers of its kinds; none of them sets a code status."""

from liaison_desktop.clinical.directives.actions.capacity import (
    capacity_for,
    record_determination,
    write_capacity_note,
)
from liaison_desktop.clinical.directives.actions.code_status import look_at_report, report_code_status
from liaison_desktop.clinical.directives.actions.papers import (
    end_directive,
    give_rights,
    save_directive,
)
from liaison_desktop.clinical.directives.actions.practice import fill_practice_directives
from liaison_desktop.clinical.directives.actions.representing import look_at_authority, name_representative

__all__ = [
    "capacity_for",
    "end_directive",
    "fill_practice_directives",
    "give_rights",
    "look_at_authority",
    "look_at_report",
    "name_representative",
    "record_determination",
    "report_code_status",
    "save_directive",
    "write_capacity_note",
]
