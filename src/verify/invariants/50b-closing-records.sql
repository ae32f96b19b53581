-- 50b. The record at the closing is the sum of all that changed it.
SELECT c.StoreID, c.ProductID, c.Recorded, p.OnHand AS OpeningPlusChanges
FROM closing_store_stock c
LEFT JOIN position_steps p
  ON p.NodeType = 'STORE' AND p.NodeID = c.StoreID AND p.ProductID = c.ProductID AND p.ToTS IS NULL
WHERE c.Recorded IS DISTINCT FROM p.OnHand
