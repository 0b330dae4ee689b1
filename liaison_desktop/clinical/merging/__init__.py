"""Two records that turn out to be one patient: what moves, what differs, and how it is taken apart again."""
