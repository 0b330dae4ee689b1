"""How records travel between a laptop and the central server. Knows lines and fields, names no kind.

The journal is the outbox. An operation on the wire is one line of the journal as it was written: its number is the
operation's number, its hash the link of the chain, its version what a server keeps. There is no second chain, no
second outbox and no "sent" flag on a record, because a line already is what such a chain would have to be:

- it is numbered without a gap for each device, which gives idempotency, order, resumption and the finding of gaps;
- its hash covers the line before it and everything it says, the content by its own hash, so a body that a law made us
  blank breaks nothing;
- it is written in the transaction that wrote the row, so nothing can be saved and not be waiting to be sent.

Every line is sent, those of unlocking, viewing and printing too: left out, they would be gaps that nobody could tell
from lost records, and a server keeps the whole trail that a laptop may lose. What the server needs beside a line is
not part of the chain: the schema its body was written under, and which files it refers to.

A laptop that was restored from a copy or cloned goes on writing under the same numbers. That is a fork of its chain,
and is told as one: the laptop asks for another *incarnation* from the last line both sides know, and sends its own
lines after it as they stand. Nothing is renumbered, nothing is written anew.

What a laptop does with the answer to its hello:

| the server says | the laptop |
|---|---|
| the same last operation and hash | goes on from there |
| an earlier operation, whose hash it knows | the server was restored: it sends again from there |
| a later one, whose hash it knows | the reply was lost: it counts as sent |
| an operation or hash it does not know | a fork: it finds the last common one (`probe`) and asks for an incarnation |
| no such incarnation | the server was restored to before it: it begins again with the first |
| another epoch | it keeps its cursors, compares digests, and reconciles where they differ |

An acknowledgement means that everything up to it is on the server's disk. What was rejected has had its number and is
kept in quarantine: it is never sent again, and nothing waits behind it. A head that is pulled never takes the place of a
row whose changes wait to be sent; these go out with the parents they have, and the server decides. Deciding a conflict
is saving a version whose parents are head and side. Lines of a laptop stay until `durable_op` has passed them.

Rooms: `wire` the structs that both sides read, `signed.py` what is signed and how, `merge.py` the three-way merge,
`deciding.py` with `ancestry.py` what becomes of a version that meets another, `catalogue.py` what is known of kinds,
`cataloguing.py` how that is made from the records. The laptop's side: `transport.py` the one place that speaks HTTP,
`conversation.py` requests and replies that may be believed, `enrolment.py` and `account.py` who this laptop is,
`round.py` one synchronisation with `pushing.py`, `pulling.py`, `filing.py` and `forks.py`, `schedule.py` when the next
one is due, `obeying.py` orders. Without a server: `laptops.py` whom this one trusts, `parcel.py` the sealed file,
`handing_over.py` what goes in and what becomes of what comes out.
"""
