"""The code that makes a workspace belong to an organisation: what may be pasted, and what is refused beside which field."""

from __future__ import annotations

import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.sync.enrolment import read_invitation


def test_a_link_names_everything() -> None:
    found = read_invitation("liaison://enrol?u=https://centre.example:8443&c=7kq2m-4tx9r&k=AB12")
    assert (found.server, found.code, found.server_key) == ("https://centre.example:8443", "7KQ2M4TX9R", "ab12")


def test_a_code_is_read_as_it_is_said_aloud() -> None:
    assert read_invitation(" 7kq2m 4tx9r ", "centre.example").server == "https://centre.example"


@pytest.mark.parametrize(
    ("text", "server", "field"),
    [
        ("", "https://a.example", "code"),
        ("7KQ2M", "https://a.example", "code"),
        ("7KQ2M-4TX9!", "https://a.example", "code"),
        ("7KQ2M-4TX9R", "", "server"),
        ("7KQ2M-4TX9R", "http://a.example", "server"),
        ("7KQ2M-4TX9R", "https://user:word@a.example", "server"),
        ("7KQ2M-4TX9R", "https://a.example/path", "server"),
        ("7KQ2M-4TX9R", "ftp://a.example", "server"),
        ("7KQ2M-4TX9R", "https://[", "server"),
        ("liaison://enrol?c=7KQ2M4TX9R", "", "server"),
        ("\x00\u202e", "\ud800", "code"),
    ],
)
def test_what_is_wrong_is_said_beside_it(text: str, server: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        read_invitation(text, server)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_practice_records_go_to_a_server_on_this_machine_alone() -> None:
    assert read_invitation("7KQ2M-4TX9R", "http://127.0.0.1:8710", practice=True).server == "http://127.0.0.1:8710"
    with pytest.raises(Refused, match="made up"):
        read_invitation("7KQ2M-4TX9R", "https://centre.example", practice=True)
