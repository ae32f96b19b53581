-- C8a. The opening stock is that of the opening instant of the world.
SELECT 'store_inventory_snapshots' AS TableName, StoreID AS NodeID, ProductID, LastUpdated
FROM store_inventory_snapshots WHERE LastUpdated <> (SELECT StartTS FROM run_window)
UNION ALL
SELECT 'dc_inventory_snapshots', DCID, ProductID, LastUpdated
FROM dc_inventory_snapshots WHERE LastUpdated <> (SELECT StartTS FROM run_window)
