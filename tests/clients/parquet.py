"""Reads a world in Parquet with PyArrow and Polars, and prints what each finds as JSON.

parquet.py WORLD
"""

import glob
import json
import sys

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

world = sys.argv[1]
schema = json.load(open(f"{world}/schema/schema.json"))["tables"]


def by_arrow(table):
    files = sorted(glob.glob(f"{world}/{table['parquet']}"))
    return pa.concat_tables([pq.read_table(file, partitioning=None) for file in files])


arrow = {table["name"]: by_arrow(table) for table in schema}
polars = {
    table["name"]: pl.read_parquet(f"{world}/{table['parquet']}", hive_partitioning=False)
    for table in schema
}
receipts = arrow["receipts"]
# The folder has CSV, too.
days = ds.dataset(
    sorted(glob.glob(f"{world}/facts/receipts/*/*.parquet")), format="parquet", partitioning="hive"
)
lines = polars["receipt_lines"]
print(
    json.dumps(
        {
            "arrow": {name: table.num_rows for name, table in arrow.items()},
            "polars": {name: frame.height for name, frame in polars.items()},
            "types": {field.name: str(field.type) for field in receipts.schema},
            "nullable": [field.name for field in arrow["stockouts"].schema if field.nullable],
            "totalCents": int(pc.sum(receipts["Total"]).as_py() * 100),
            "lineCents": int(lines["ExtPrice"].sum() * 100),
            "units": int(polars["store_inventory_txn"]["QtyDelta"].sum()),
            "noStore": int(polars["stockouts"]["StoreID"].null_count()),
            "last": pc.max(receipts["EventTS"]).as_py().isoformat(),
            "days": sorted(set(days.to_table(columns=["dt"])["dt"].to_pylist())),
            "statistics": pq.ParquetFile(
                sorted(glob.glob(f"{world}/facts/receipts/*/*.parquet"))[0]
            )
            .metadata.row_group(0)
            .column(2)
            .statistics.has_min_max,
        }
    )
)
