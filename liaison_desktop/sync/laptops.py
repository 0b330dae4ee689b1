"""Laptops that trust each other without a server: each one's address, exchanged once, by text or QR.

An address is two public keys and a name: one to seal what is meant for that laptop, one to know what came from it.
Both come from one secret that lies in the encrypted store and never leaves it.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.i18n import tr
from liaison_desktop.store.central.door import Central

_SECRET, _KNOWN = "hand_over_secret", "known_laptops"
_HEX = frozenset("0123456789abcdef")


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A laptop as others know it. Keys are 64 hexadecimal digits: X25519 to seal, Ed25519 to recognise."""

    name: str
    workspace: str
    seals: str
    signs: str

    @property
    def text(self) -> str:
        """The address as it is shown, pasted and drawn as a QR."""
        return f"liaison://laptop?n={quote(self.name)}&w={self.workspace}&x={self.seals}&s={self.signs}"

    @property
    def short(self) -> str:
        """Eight digits to compare over the telephone."""
        import hashlib

        digest = hashlib.sha256(f"{self.seals}{self.signs}".encode()).hexdigest()
        return f"{digest[:4]} {digest[4:8]}"


def read_address(text: str, workspace: str) -> Address:
    """An address from what was pasted. Raises Refused if it is none, or that of another kind of workspace."""
    given = text.strip()
    said = parse_qs(urlsplit(given).query) if given.lower().startswith("liaison://laptop") else {}
    name, kind, seals, signs = (said.get(key, [""])[0] for key in ("n", "w", "x", "s"))
    if not name.strip() or len(name) > 200 or not all(len(key) == 64 and set(key) <= _HEX for key in (seals, signs)):
        raise Refused((Fault(field="address", message=tr("This is not the address of a laptop.")),))
    if kind != workspace:
        message = tr("This is the address of the other kind of workspace; the two never exchange records.")
        raise Refused((Fault(field="address", message=message),))
    return Address(name=name, workspace=kind, seals=seals, signs=signs)


def own_address(central: Central, name: str, workspace: str) -> Address:
    """The address of this laptop, made at first use."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    seals, signs = own_keys(central)
    return Address(
        name=name,
        workspace=workspace,
        seals=X25519PrivateKey.from_private_bytes(seals).public_key().public_bytes_raw().hex(),
        signs=Ed25519PrivateKey.from_private_bytes(signs).public_key().public_bytes_raw().hex(),
    )


def own_keys(central: Central) -> tuple[bytes, bytes]:
    """The private keys of this laptop: to open what is sealed for it, and to sign what it seals. Made at first use."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = central.fact(_SECRET)
    if secret is None:
        secret = secrets.token_bytes(32)
        central.keep(**{_SECRET: secret})
    made = [
        HKDF(SHA256(), 32, None, f"liaison-desktop/hand-over/{use}/v1".encode()).derive(secret)
        for use in ("seal", "sign")
    ]
    return made[0], made[1]


def known_laptops(central: Central) -> tuple[Address, ...]:
    """The laptops this one exchanges records with."""
    found = central.fact(_KNOWN)
    return msgspec.json.decode(found, type=tuple[Address, ...]) if found else ()


def add_laptop(central: Central, address: Address) -> None:
    """Trust one more laptop; its name is the one it told. One that is known by its keys is renamed."""
    others = tuple(one for one in known_laptops(central) if one.signs != address.signs)
    central.keep(**{_KNOWN: msgspec.json.encode((*others, address))})


def forget_laptop(central: Central, address: Address) -> None:
    """Trust it no more: nothing is sealed for it, nothing from it is taken."""
    others = tuple(one for one in known_laptops(central) if one.signs != address.signs)
    central.keep(**{_KNOWN: msgspec.json.encode(others)})
