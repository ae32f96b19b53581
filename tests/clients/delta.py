"""Reads the Delta tables of a world with deltalake, Polars and DuckDB, vacuums one, and prints what each finds as JSON.

delta.py WORLD APPLICATION
"""

import json
import os
import sys

import duckdb
import duckdb_extension_delta
import polars as pl
import pyarrow.compute as pc
from deltalake import DeltaTable

world = sys.argv[1]
schema = json.load(open(f"{world}/schema/schema.json"))["tables"]
folder_of = {table["name"]: f"{world}/{table['delta']}" for table in schema}

# The wheel has the extension; none is fetched.
connection = duckdb.connect()
extensions = os.path.join(os.path.dirname(duckdb_extension_delta.__file__), "extensions")
connection.execute(f"LOAD '{extensions}/v{duckdb.__version__}/delta.duckdb_extension'")


def numbers(table):
    return [field["name"] for field in table["fields"] if field["type"] in ("integer", "number")]


def by_deltalake(table):
    rows = DeltaTable(folder_of[table["name"]]).to_pyarrow_table()
    sums = {name: pc.sum(rows[name]).as_py() or 0 for name in numbers(table)}
    return {"rows": rows.num_rows, **{name: f"{value:.6f}" for name, value in sums.items()}}


def by_duckdb(table):
    names = numbers(table)
    values = "".join(
        f', coalesce(sum("{name}"::DECIMAL(38, 6)), 0)::DECIMAL(38, 6)::VARCHAR' for name in names
    )
    found = connection.execute(
        f"SELECT count(*){values} FROM delta_scan('{folder_of[table['name']]}')"
    ).fetchone()
    return {"rows": found[0], **dict(zip(names, found[1:]))}


receipts = DeltaTable(folder_of["receipts"])
last = pc.max(receipts.to_pyarrow_table()["EventTS"])
on_last_instant = pc.field("EventTS") >= pc.scalar(last)
print(
    json.dumps(
        {
            "deltalake": {table["name"]: by_deltalake(table) for table in schema},
            "duckdb": {table["name"]: by_duckdb(table) for table in schema},
            "polars": {
                name: pl.scan_delta(folder).select(pl.len()).collect().item()
                for name, folder in folder_of.items()
            },
            "types": {field.name: str(field.type) for field in receipts.to_pyarrow_table().schema},
            "comment": receipts.schema().fields[1].metadata["comment"],
            "versions": sorted(
                {DeltaTable(folder_of[name]).version() for name in ("receipts", "payments", "weather")}
            ),
            "rowsByVersion": [
                DeltaTable(folder_of["receipts"], version=version).to_pyarrow_table().num_rows
                for version in range(receipts.version() + 1)
            ],
            "files": len(receipts.file_uris()),
            "filesOfLastInstant": len(
                list(receipts.to_pyarrow_dataset().get_fragments(filter=on_last_instant))
            ),
            "vacuumed": len(
                receipts.vacuum(
                    dry_run=False, retention_hours=0, enforce_retention_duration=False
                )
            ),
            "ours": receipts.transaction_version(sys.argv[2]),
        }
    )
)
