"""What a store knows of the centre: lines that came from elsewhere, how far both sides are, and what waits for a person.

`tables.py` what is kept, `keeping.py` small facts (enrolment, cursors), `outbox.py` which own lines wait and what became
of them, `receiving.py` how a version from elsewhere becomes the row that is shown, `door.py` the way in for `sync`.

A line from elsewhere is kept as it was written, beside the journal and never in it: the journal is this device's chain.
"""
