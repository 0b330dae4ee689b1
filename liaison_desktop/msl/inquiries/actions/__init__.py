"""The verbs of inquiries and standing requests; nothing else writes them."""

from liaison_desktop.msl.inquiries.actions.answering import (
    acknowledge,
    close,
    deliver,
    record_response,
    reopen,
    send_back,
    take_up,
    withdraw,
)
from liaison_desktop.msl.inquiries.actions.asking import (
    begin_inquiry,
    check_inquiry,
    context_of,
    new_inquiry,
    ready_for_signature,
    remove_inquiry,
    save_inquiry,
    sign_inquiry,
    submit_inquiry,
)
from liaison_desktop.msl.inquiries.actions.handing_out import note_exported, note_printed
from liaison_desktop.msl.inquiries.actions.standing import (
    new_request,
    ready_request,
    record_request,
    renew_request,
    save_package,
    sign_request,
    withdraw_request,
)
from liaison_desktop.msl.inquiries.actions.written import attach_written, detach_written, open_written

__all__ = [
    "acknowledge",
    "attach_written",
    "begin_inquiry",
    "check_inquiry",
    "close",
    "context_of",
    "deliver",
    "detach_written",
    "new_inquiry",
    "new_request",
    "note_exported",
    "note_printed",
    "open_written",
    "ready_for_signature",
    "ready_request",
    "record_request",
    "record_response",
    "remove_inquiry",
    "renew_request",
    "reopen",
    "save_inquiry",
    "save_package",
    "send_back",
    "sign_inquiry",
    "sign_request",
    "submit_inquiry",
    "take_up",
    "withdraw",
    "withdraw_request",
]
