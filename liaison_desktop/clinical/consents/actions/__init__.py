"""The verbs of a consent, and the only code that writes one. Each refuses what its rules forbid; drafts always save."""

from liaison_desktop.clinical.consents.actions.again import to_ask_again
from liaison_desktop.clinical.consents.actions.charted import charted_medicines
from liaison_desktop.clinical.consents.actions.ending import mark_entered_in_error, refuse_consent, withdraw_consent
from liaison_desktop.clinical.consents.actions.form_files import CheckedFile, check_files, check_folder, check_form
from liaison_desktop.clinical.consents.actions.forms import (
    Forms,
    check_own,
    form_text,
    forms_of,
    next_version,
    note_form_exported,
    note_form_printed,
    own_folder,
    own_text,
    save_form,
    template_of,
    templates_of,
)
from liaison_desktop.clinical.consents.actions.handing_out import (
    handed_out,
    note_exported,
    note_printed,
    print_later,
    waiting_for_printer,
)
from liaison_desktop.clinical.consents.actions.practice import fill_practice_consents
from liaison_desktop.clinical.consents.actions.preparing import (
    begin_consent,
    change_consent,
    make_ready,
    record_discussion,
    record_teach_back,
    specimen_of,
    start_teach_back,
    stop_and_return,
    take_session,
)
from liaison_desktop.clinical.consents.actions.signing import (
    clock_stands_right,
    note_put_off,
    scans_of,
    sign,
    witness_faults,
)
from liaison_desktop.clinical.consents.actions.steps import note_on
from liaison_desktop.clinical.consents.actions.verifying import (
    complete_day_check,
    new_day_check,
    note_day_exported,
    note_day_printed,
)

__all__ = [
    "CheckedFile",
    "Forms",
    "begin_consent",
    "change_consent",
    "charted_medicines",
    "check_files",
    "check_folder",
    "check_form",
    "check_own",
    "clock_stands_right",
    "complete_day_check",
    "fill_practice_consents",
    "form_text",
    "forms_of",
    "handed_out",
    "make_ready",
    "mark_entered_in_error",
    "new_day_check",
    "next_version",
    "note_day_exported",
    "note_day_printed",
    "note_exported",
    "note_form_exported",
    "note_form_printed",
    "note_on",
    "note_printed",
    "note_put_off",
    "own_folder",
    "own_text",
    "print_later",
    "record_discussion",
    "record_teach_back",
    "refuse_consent",
    "save_form",
    "scans_of",
    "sign",
    "specimen_of",
    "start_teach_back",
    "stop_and_return",
    "take_session",
    "template_of",
    "templates_of",
    "to_ask_again",
    "waiting_for_printer",
    "withdraw_consent",
    "witness_faults",
]
