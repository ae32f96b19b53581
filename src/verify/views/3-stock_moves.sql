-- Stock movements of stores and distribution centers together; FileRow counts in file order.
SELECT 'STORE'::NodeType AS NodeType, StoreID AS NodeID, ProductID, TraceId, EventTS, QtyDelta, Reason,
  Source, Balance, rowid AS FileRow
FROM store_inventory_txn
UNION ALL
SELECT 'DC'::NodeType, DCID, ProductID, TraceId, EventTS, QtyDelta, Reason, Source, Balance, rowid
FROM dc_inventory_txn
