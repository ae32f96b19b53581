-- Opening stock of stores and distribution centers together; KnownQuantity is what the node's record
-- says.
SELECT 'STORE'::NodeType AS NodeType, StoreID AS NodeID, ProductID, CurrentQuantity, ReorderPoint,
  LeastReorderPoint, RecordedQuantity AS KnownQuantity
FROM store_inventory_snapshots
UNION ALL
SELECT 'DC'::NodeType, DCID, ProductID, CurrentQuantity, ReorderPoint, LeastReorderPoint, CurrentQuantity
FROM dc_inventory_snapshots
