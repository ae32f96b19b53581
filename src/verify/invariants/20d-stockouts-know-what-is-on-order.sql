-- 20d. A stockout says how many units its node had ordered and not received.
WITH changes AS (
  SELECT NodeType, NodeID, ProductID, EventTS, ReorderQuantity AS Units FROM reorder_lines
  UNION ALL
  SELECT r.NodeType, r.NodeID, r.ProductID, t.EventTS, -t.Quantity
  FROM truck_inventory t
  JOIN reorder_lines r USING (OrderRef, ProductID)
  WHERE t.Action = 'UNLOAD'
),
instants AS (
  SELECT NodeType, NodeID, ProductID, EventTS, sum(Units) AS Units
  FROM changes
  GROUP BY NodeType, NodeID, ProductID, EventTS
),
steps AS (
  SELECT *, sum(Units) OVER (PARTITION BY NodeType, NodeID, ProductID ORDER BY EventTS) AS OnOrder
  FROM instants
),
reported AS (
  SELECT
    CASE WHEN StoreID IS NULL THEN 'DC'::NodeType ELSE 'STORE'::NodeType END AS NodeType,
    coalesce(StoreID, DCID) AS NodeID,
    ProductID, EventTS, TraceId, OnOrderQuantity
  FROM stockouts
)
SELECT r.*, s.OnOrder
FROM reported r
ASOF LEFT JOIN steps s
  ON s.NodeType = r.NodeType AND s.NodeID = r.NodeID AND s.ProductID = r.ProductID AND r.EventTS >= s.EventTS
WHERE r.OnOrderQuantity <> coalesce(s.OnOrder, 0)
  -- What is ordered or received in the same instant may come before or after.
  AND NOT coalesce(s.EventTS = r.EventTS AND r.OnOrderQuantity = s.OnOrder - s.Units, false)
