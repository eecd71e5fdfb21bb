"""Published tables of three disputes, two of them in `tests.session.chapters.CHAPTER`."""

from __future__ import annotations

from pathlib import Path

from mideditor.reference.published import PublishedTables, read_tables

SHARED = Path(__file__).parents[3] / "shared"
PUBLISHED = SHARED / "data"
MIDA, MIDB = PUBLISHED / "gml-MIDA_4.01.csv", PUBLISHED / "gml-MIDB_4.01.csv"

# In the chapter, 2899 is Unclear, 2220 ends on March 27 without deaths, and 2221 is missing.
DISPUTES = """\
dispnum3,dispnum4,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,numa,numb,version
2899,-9,15,3,1963,15,3,1963,5,3,0,0,1,1,4.01
2220,-9,28,1,1964,-9,3,1964,7,3,1,3,1,2,4.01
2221,-9,21,10,1970,10,11,1970,7,1,0,0,1,1,4.01
"""
PARTICIPANTS = """\
dispnum3,dispnum4,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,fatality,fatalpre,version
2899,-9,RUS,365,15,3,1963,15,3,1963,1,0,0,4.01
2899,-9,USA,2,15,3,1963,15,3,1963,0,0,0,4.01
2220,-9,USA,2,28,1,1964,-9,3,1964,1,1,3,4.01
2220,-9,RUS,365,28,1,1964,-9,3,1964,0,0,0,4.01
2220,-9,GDR,265,28,1,1964,-9,3,1964,0,0,0,4.01
2221,-9,USA,2,21,10,1970,10,11,1970,1,0,0,4.01
2221,-9,RUS,365,21,10,1970,10,11,1970,0,0,0,4.01
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def tables_of(
    folder: Path, disputes: str = DISPUTES, participants: str | None = PARTICIPANTS
) -> PublishedTables:
    """The tables in these texts, read from files."""
    mida = written(folder, "MIDA.csv", disputes)
    midb = None if participants is None else written(folder, "MIDB.csv", participants)
    return read_tables(mida, midb)


def column(text: str, name: str, *values: object) -> str:
    """A table with the values of one column replaced, from the first row on."""
    heading, *rows = text.splitlines()
    place = heading.split(",").index(name)
    cells = [row.split(",") for row in rows]
    for row, value in zip(cells, values, strict=False):
        row[place] = str(value)
    return "\n".join([heading, *map(",".join, cells)]) + "\n"
