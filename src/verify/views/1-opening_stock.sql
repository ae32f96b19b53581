-- Opening stock of stores and distribution centers together.
SELECT 'STORE'::NodeType AS NodeType, StoreID AS NodeID, ProductID, CurrentQuantity, ReorderPoint,
  LeastReorderPoint
FROM store_inventory_snapshots
UNION ALL
SELECT 'DC'::NodeType, DCID, ProductID, CurrentQuantity, ReorderPoint, LeastReorderPoint
FROM dc_inventory_snapshots
