"""Reads the Delta tables of a world with deltalake, and prints what it finds as JSON.

delta.py WORLD
"""

import json
import sys

import pyarrow.compute as pc
from deltalake import DeltaTable

world = sys.argv[1]
schema = json.load(open(f"{world}/schema/schema.json"))["tables"]


def sums(rows, fields):
    """Of numbers, as texts with as many decimals as the column has."""
    return {
        field["name"]: str(pc.sum(rows[field["name"]]).as_py() or 0)
        for field in fields
        if field["type"] in ("integer", "number")
    }


found = {}
for described in schema:
    table = DeltaTable(f"{world}/{described['delta']}")
    rows = table.to_pyarrow_table()
    found[described["name"]] = {
        "rows": rows.num_rows,
        "sums": sums(rows, described["fields"]),
        "version": table.version(),
        "columns": rows.schema.names,
    }

receipts = DeltaTable(f"{world}/delta/receipts")
first_day = DeltaTable(f"{world}/delta/receipts", version=1)
lines = DeltaTable(f"{world}/delta/receipt_lines")
print(
    json.dumps(
        {
            "tables": found,
            "types": {
                field.name: str(field.type)
                for field in receipts.to_pyarrow_table().schema
            },
            "name": receipts.metadata().name,
            "firstDay": first_day.to_pyarrow_table().num_rows,
            # What the statistics leave of the files for a filter, and what the filter finds.
            "skipped": len(lines.file_uris())
            - len(
                [
                    fragment
                    for fragment in lines.to_pyarrow_dataset().get_fragments(
                        pc.field("EventTS") >= pc.scalar(pc.max(lines.to_pyarrow_table()["EventTS"]))
                    )
                ]
            ),
            "leftToVacuum": receipts.vacuum(dry_run=True, retention_hours=0, enforce_retention_duration=False),
        }
    )
)
