-- Units on each shelf as steps: what they were in [FromTS, ToTS).
WITH changes AS (
  SELECT StoreID, ProductID, StartTS - INTERVAL 1 MILLISECOND AS EventTS, ShelfQuantity AS Units
  FROM store_inventory_snapshots CROSS JOIN run_window
  UNION ALL
  SELECT StoreID, ProductID, EventTS, ShelfDelta FROM store_inventory_txn WHERE ShelfDelta <> 0
  UNION ALL
  SELECT StoreID, ProductID, EventTS, Qty FROM shelf_fills
),
instants AS (
  SELECT StoreID, ProductID, EventTS, sum(Units) AS Units
  FROM changes
  GROUP BY StoreID, ProductID, EventTS
)
SELECT StoreID, ProductID, EventTS AS FromTS, lead(EventTS) OVER shelf AS ToTS,
  (sum(Units) OVER shelf)::INTEGER AS Shelf
FROM instants
WINDOW shelf AS (PARTITION BY StoreID, ProductID ORDER BY EventTS ROWS UNBOUNDED PRECEDING)
