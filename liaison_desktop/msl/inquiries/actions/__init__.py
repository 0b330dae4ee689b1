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
    record_request,
    renew_request,
    save_package,
    withdraw_request,
)

__all__ = [
    "acknowledge",
    "begin_inquiry",
    "check_inquiry",
    "close",
    "context_of",
    "deliver",
    "new_inquiry",
    "new_request",
    "note_exported",
    "note_printed",
    "ready_for_signature",
    "record_request",
    "record_response",
    "remove_inquiry",
    "renew_request",
    "reopen",
    "save_inquiry",
    "save_package",
    "send_back",
    "sign_inquiry",
    "submit_inquiry",
    "take_up",
    "withdraw",
    "withdraw_request",
]
