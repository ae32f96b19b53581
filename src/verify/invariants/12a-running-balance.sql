-- 12a. Balance is the opening stock plus all movements so far: each movement starts from the
-- balance that the one before it left.
SELECT m.NodeType, m.NodeID, m.ProductID, m.EventTS, m.QtyDelta, m.Balance, m.BalanceBefore, o.CurrentQuantity AS Opening
FROM (
  SELECT *, lag(Balance) OVER (PARTITION BY NodeType, NodeID, ProductID ORDER BY FileRow) AS BalanceBefore
  FROM stock_moves
) m
LEFT JOIN opening_stock o ON m.BalanceBefore IS NULL
  AND o.NodeType = m.NodeType AND o.NodeID = m.NodeID AND o.ProductID = m.ProductID
WHERE m.Balance - m.QtyDelta <> coalesce(m.BalanceBefore, o.CurrentQuantity, 0)
