"""How a laptop comes to belong to an organisation: one code, typed or read from a QR as text."""

from __future__ import annotations

import platform
from urllib.parse import parse_qs, urlsplit

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.i18n import tr
from liaison_desktop.store.store import Store
from liaison_desktop.sync import signed, wire
from liaison_desktop.sync.account import Account, account_from, account_of, keep_account
from liaison_desktop.sync.conversation import Conversation
from liaison_desktop.sync.transport import Transport, checked_address, is_on_this_machine

SCHEME = "liaison"


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator hands over. `server_key` is known if it came as a QR, and is then held against the answer."""

    server: str
    code: str
    server_key: str = ""


def read_invitation(text: str, server: str = "", *, practice: bool = False) -> Invitation:
    """An invitation from what was typed or pasted: `liaison://enrol?u=...&c=...&k=...`, or a code with a server beside it.

    Made-up records of a `practice` workspace go to a server on this machine alone. Raises Refused with the field that is
    wrong.
    """
    given = text.strip()
    if given.lower().startswith(f"{SCHEME}:"):
        said = parse_qs(urlsplit(given).query)
        server, given = said.get("u", [""])[0], said.get("c", [""])[0]
        key = said.get("k", [""])[0].lower()
    else:
        key = ""
    code = given.upper().replace("-", "").replace(" ", "")
    if len(code) != 10 or not code.isalnum():
        message = tr("A code has ten letters and digits, such as 7KQ2M-4TX9R.")
        raise Refused((Fault(field="code", message=message),))
    address = checked_address(server)
    if practice and not is_on_this_machine(address):
        message = tr("Practice records are made up: they go to a practice server on this computer only.")
        raise Refused((Fault(field="code", message=message),))
    return Invitation(server=address, code=code, server_key=key)


def enrol(store: Store, invitation: Invitation, transport: Transport, *, app: str = "") -> Account:
    """Make a key for this laptop and have it admitted. Raises Refused, Objection, Unreachable; nothing is kept then."""
    if account_of(store.central) is not None:
        raise Refused((Fault(field="code", message=tr("This workspace belongs to an organisation already.")),))
    key = signed.new_key()
    asked = wire.Enrolment(
        code=invitation.code,
        key=signed.public_of(key),
        journal=store.device.id,
        workspace=store.schema.name,
        name=store.device.name or "Laptop",
        app=app,
        os=platform.system(),
    )
    told = Conversation(transport).ask(f"{wire.ROOT}/enrol", asked, wire.Enrolled)
    if invitation.server_key and not told.server_key.startswith(invitation.server_key):
        message = tr("The server that answered is not the one on the invitation. Ask your administrator.")
        raise Refused((Fault(field="code", message=message),))
    account = account_from(invitation.server, told)
    keep_account(store.central, account, key)
    return account
