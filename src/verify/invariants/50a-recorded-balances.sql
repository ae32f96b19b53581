-- 50a. A store's record is what it opened with, plus movements, plus the deviations of unnoticed errors
-- and of counts: after the last of them at each instant.
WITH moved AS (
  SELECT StoreID, ProductID, EventTS, arg_max(RecordedBalance, rowid) AS RecordedBalance
  FROM store_inventory_txn
  GROUP BY StoreID, ProductID, EventTS
),
changed AS (
  SELECT StoreID, ProductID, EventTS, list(RecordedBalance) AS RecordedBalances
  FROM record_changes
  GROUP BY StoreID, ProductID, EventTS
)
SELECT p.NodeID AS StoreID, p.ProductID, p.FromTS AS EventTS, p.OnHand AS Record,
  m.RecordedBalance AS AfterMovement, c.RecordedBalances AS AfterChanges
FROM position_steps p
LEFT JOIN moved m ON m.StoreID = p.NodeID AND m.ProductID = p.ProductID AND m.EventTS = p.FromTS
LEFT JOIN changed c ON c.StoreID = p.NodeID AND c.ProductID = p.ProductID AND c.EventTS = p.FromTS
WHERE p.NodeType = 'STORE' AND (m.RecordedBalance IS NOT NULL OR c.RecordedBalances IS NOT NULL)
  AND p.OnHand IS DISTINCT FROM m.RecordedBalance
  AND NOT coalesce(list_contains(c.RecordedBalances, p.OnHand), false)
