"""Other people's formats, read as plain tables: CSV and XLSX. Names no kind of record and trusts no file.

`bundle` packs and reads a handful of named files. `read_table` is the door: the file is read in a process of its own that can be killed, with limits on time and memory. `read_whole` only takes the bytes of a file that is kept as it is.
"""

from liaison_desktop.interop.reading import read_table
from liaison_desktop.interop.table import Limits, Table, TableRow
from liaison_desktop.interop.whole import read_whole

__all__ = ["Limits", "Table", "TableRow", "read_table", "read_whole"]
