-- 20a. There is a stockout if and only if a movement took the last unit off a shelf of a store, or the
-- last unit of a distribution center; it names the units that were left before.
-- nothing to check without stock that ran out: (SELECT 1 FROM stockouts UNION ALL SELECT 1 FROM stock_moves WHERE Balance = 0)
WITH emptied AS (
  SELECT 'STORE'::NodeType AS NodeType, StoreID AS NodeID, ProductID, EventTS,
    -ShelfDelta AS UnitsBefore, TraceId
  FROM store_inventory_txn
  WHERE ShelfBalance = 0 AND ShelfDelta < 0
  UNION ALL
  SELECT 'DC'::NodeType, DCID, ProductID, EventTS, -QtyDelta, TraceId
  FROM dc_inventory_txn
  WHERE Balance = 0 AND QtyDelta < 0
),
reported AS (
  SELECT
    CASE WHEN StoreID IS NULL THEN 'DC'::NodeType ELSE 'STORE'::NodeType END AS NodeType,
    coalesce(StoreID, DCID) AS NodeID,
    ProductID, EventTS, LastKnownQuantity, TraceId
  FROM stockouts
)
SELECT NodeType, NodeID, ProductID, EventTS, e.UnitsBefore, r.LastKnownQuantity
FROM emptied e
FULL JOIN reported r USING (NodeType, NodeID, ProductID, EventTS, TraceId)
WHERE e.UnitsBefore IS DISTINCT FROM r.LastKnownQuantity
