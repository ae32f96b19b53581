-- 12a. Balance is the opening stock plus all movements so far: each movement starts from the balance
-- that the one before it left.
WITH rows_in_order AS (
  SELECT NodeType, NodeID, ProductID, NULL AS EventTS, NULL AS TraceId, 0 AS QtyDelta,
    CurrentQuantity AS Balance, -1 AS FileRow
  FROM opening_stock
  UNION ALL
  SELECT NodeType, NodeID, ProductID, EventTS, TraceId, QtyDelta, Balance, FileRow
  FROM stock_moves
)
SELECT *
FROM (
  SELECT
    *,
    lag(Balance, 1, 0) OVER (PARTITION BY NodeType, NodeID, ProductID ORDER BY FileRow) AS BalanceBefore
  FROM rows_in_order
)
WHERE FileRow >= 0 AND Balance - QtyDelta <> BalanceBefore
