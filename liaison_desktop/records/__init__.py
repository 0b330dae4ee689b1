"""What a record is: frozen values whose fields declare themselves once. No Qt, no SQL, no clock, no network.

`Record` is the base of every kind, `Field` the one declaration of a field, `Code` a code list.
The rest of the house derives table column, editor, list column and payload from these by plain functions.
"""

from liaison_desktop.records.attached import AttachedFile, FileSort
from liaison_desktop.records.code import Code
from liaison_desktop.records.field import Field, Spec, Sync, fields_of, spec_of
from liaison_desktop.records.ids import new_id
from liaison_desktop.records.line import Line, line_hash
from liaison_desktop.records.merging import Merging, Seal
from liaison_desktop.records.record import Record, Row
from liaison_desktop.records.texts import free_texts, is_free
from liaison_desktop.records.wire import from_bytes, to_bytes

__all__ = [
    "AttachedFile",
    "Code",
    "Field",
    "FileSort",
    "Line",
    "Merging",
    "Record",
    "Row",
    "Seal",
    "Spec",
    "Sync",
    "fields_of",
    "free_texts",
    "from_bytes",
    "is_free",
    "line_hash",
    "new_id",
    "spec_of",
    "to_bytes",
]
