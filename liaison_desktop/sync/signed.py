"""What is signed between laptop and server, as bytes: Ed25519, each message with its purpose in front.

The purpose keeps a signature for one thing from being shown as one for another.
"""

from __future__ import annotations

import hashlib
import uuid

from liaison_desktop.sync.wire import Order


def token_message(nonce: str, device: uuid.UUID, host: str) -> bytes:
    """What a device signs for a token. `host` is the one it meant to reach, with the port where its address has one
    (as in the header `Host`), so a go-between gains nothing."""
    return f"liaison token\n{nonce}\n{device}\n{host.lower()}".encode()


def request_message(method: str, target: str, body: bytes, token: str, request_id: str) -> bytes:
    """What a device signs of each request. `target` is path and query, `body` the bytes as they travel."""
    digest = hashlib.sha256(body).hexdigest()
    return f"liaison request\n{method.upper()}\n{target}\n{digest}\n{token}\n{request_id}".encode()


def chain_message(device: uuid.UUID, incarnation: int, number: int, chain: str) -> bytes:
    """What a device signs of its chain: everything up to operation `number`. The server keeps the signature."""
    return f"liaison chain\n{device}\n{incarnation}\n{number}\n{chain}".encode()


def order_request(nonce: str, device: uuid.UUID) -> bytes:
    """What a device signs to ask for its order."""
    return f"liaison order\n{nonce}\n{device}".encode()


def order_done(order: uuid.UUID, device: uuid.UUID) -> bytes:
    """What a device signs when it has done what it was told."""
    return f"liaison order done\n{order}\n{device}".encode()


def order_message(order: Order) -> bytes:
    """What the server signs of an order."""
    return f"liaison ordered\n{order.id}\n{order.device}\n{order.act}\n{order.at}".encode()


def checkpoint_message(organisation: uuid.UUID, number: int, chain: str, at: str) -> bytes:
    """What the server signs of its own journal, so that a later cut or change shows."""
    return f"liaison checkpoint\n{organisation}\n{number}\n{chain}\n{at}".encode()


def new_key() -> bytes:
    """A private Ed25519 key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> str:
    """The public key to a private one, in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def sign(private: bytes, message: bytes) -> str:
    """The signature in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(message).hex()


def is_signed(public: str, message: bytes, signature: str) -> bool:
    """Whether that key made this signature; anything malformed did not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (ValueError, InvalidSignature):
        return False
    return True
