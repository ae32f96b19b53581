-- Stock on hand as its node knows it (in stores by the record) and inventory position (on hand + on
-- order - committed) of each node and product as steps: what they were in (FromTS, ToTS]. Committed: what customers ordered online and is not
-- yet picked or cancelled, and at a distribution center what stores ordered and is not yet loaded.
WITH changes AS (
  SELECT NodeType, NodeID, ProductID, StartTS - INTERVAL 1 MILLISECOND AS EventTS,
    KnownQuantity AS OnHand, KnownQuantity AS Position
  FROM opening_stock CROSS JOIN run_window
  UNION ALL
  SELECT 'STORE'::NodeType, StoreID, ProductID, EventTS, Deviation, Deviation FROM record_changes
  UNION ALL
  SELECT NodeType, NodeID, ProductID, EventTS, QtyDelta, QtyDelta FROM stock_moves
  UNION ALL
  SELECT NodeType, NodeID, ProductID, EventTS, 0, ReorderQuantity FROM reorder_lines
  UNION ALL
  SELECT r.NodeType, r.NodeID, r.ProductID, t.EventTS, 0, -t.Quantity
  FROM truck_inventory t
  JOIN reorder_lines r USING (OrderRef, ProductID)
  WHERE t.Action = 'UNLOAD'
  UNION ALL
  SELECT 'DC'::NodeType, DCID, ProductID, EventTS, 0, -ReorderQuantity FROM reorders WHERE StoreID IS NOT NULL
  UNION ALL
  SELECT 'DC'::NodeType, LocationID, ProductID, EventTS, 0, Quantity
  FROM truck_inventory
  WHERE Action = 'LOAD' AND LocationType = 'DC'
  UNION ALL
  SELECT o.FulfillmentNodeType, o.FulfillmentNodeID, l.ProductID, o.EventTS, 0, -l.Qty
  FROM online_order_lines l
  JOIN online_orders o USING (OrderId)
  UNION ALL
  SELECT o.FulfillmentNodeType, o.FulfillmentNodeID, l.ProductID, s.EventTS, 0, l.Qty
  FROM online_order_lines l
  JOIN online_orders o USING (OrderId)
  JOIN (
    SELECT OrderId, min(EventTS) AS EventTS
    FROM online_order_status
    WHERE Status IN ('PICKED', 'CANCELLED')
    GROUP BY OrderId
  ) s USING (OrderId)
),
instants AS (
  SELECT NodeType, NodeID, ProductID, EventTS, sum(OnHand) AS OnHand, sum(Position) AS Position
  FROM changes
  GROUP BY NodeType, NodeID, ProductID, EventTS
)
SELECT
  NodeType,
  NodeID,
  ProductID,
  EventTS AS FromTS,
  lead(EventTS) OVER node_product AS ToTS,
  (sum(OnHand) OVER node_product)::INTEGER AS OnHand,
  (sum(Position) OVER node_product)::INTEGER AS Position
FROM instants
WINDOW node_product AS (PARTITION BY NodeType, NodeID, ProductID ORDER BY EventTS ROWS UNBOUNDED PRECEDING)
