"""Other people's formats, read as plain tables: CSV and XLSX. Names no kind of record and trusts no file.

`read_table` is the door: the file is read in a process of its own that can be killed, with limits on time and memory.
"""

from liaison_desktop.interop.reading import read_table
from liaison_desktop.interop.table import Limits, Table, TableRow

__all__ = ["Limits", "Table", "TableRow", "read_table"]
