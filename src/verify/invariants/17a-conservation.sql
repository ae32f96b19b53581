-- 17a. Per product over the world: opening + supplier inbound + restocked returns - sales - shrink
-- = closing + in transit to stores.
WITH last_balances AS (
  SELECT NodeType, NodeID, ProductID, arg_max(Balance, FileRow) AS Balance
  FROM stock_moves
  GROUP BY NodeType, NodeID, ProductID
),
terms AS (
  SELECT o.ProductID, o.CurrentQuantity AS Brought, coalesce(b.Balance, o.CurrentQuantity) AS Kept
  FROM opening_stock o
  FULL JOIN last_balances b USING (NodeType, NodeID, ProductID)
  UNION ALL
  SELECT ProductID, QtyDelta, 0
  FROM stock_moves
  WHERE Reason <> 'OUTBOUND_SHIPMENT' AND NOT (NodeType = 'STORE' AND Reason = 'INBOUND_SHIPMENT')
  UNION ALL
  SELECT i.ProductID, 0, CASE WHEN i.Action = 'LOAD' THEN i.Quantity ELSE -i.Quantity END
  FROM truck_inventory i
  JOIN trips t USING (ShipmentId)
  WHERE t.StoreID IS NOT NULL
)
SELECT ProductID, sum(Brought) AS BroughtIn, sum(Kept) AS ClosingAndInTransit
FROM terms
GROUP BY ProductID
HAVING sum(Brought) <> sum(Kept)
