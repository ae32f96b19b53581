-- 01b. The numbers and names that identify entities are unique.
SELECT TableName, KeyColumn, KeyValue, count(*) AS Copies
FROM (
  SELECT 'geographies_master' AS TableName, 'ID' AS KeyColumn, ID::VARCHAR AS KeyValue FROM geographies_master
  UNION ALL SELECT 'stores', 'ID', ID::VARCHAR FROM stores
  UNION ALL SELECT 'stores', 'StoreNumber', StoreNumber FROM stores
  UNION ALL SELECT 'distribution_centers', 'ID', ID::VARCHAR FROM distribution_centers
  UNION ALL SELECT 'distribution_centers', 'DCNumber', DCNumber FROM distribution_centers
  UNION ALL SELECT 'suppliers', 'ID', ID::VARCHAR FROM suppliers
  UNION ALL SELECT 'trucks', 'ID', ID::VARCHAR FROM trucks
  UNION ALL SELECT 'trucks', 'LicensePlate', LicensePlate FROM trucks
  UNION ALL SELECT 'customers', 'ID', ID::VARCHAR FROM customers
  UNION ALL SELECT 'customers', 'BLEId', BLEId::VARCHAR FROM customers
  UNION ALL SELECT 'customers', 'AdId', AdId::VARCHAR FROM customers
  UNION ALL SELECT 'customer_moves', 'CustomerID, MovedOn', CustomerID || ', ' || MovedOn FROM customer_moves
  UNION ALL SELECT 'products_master', 'ID', ID::VARCHAR FROM products_master
  UNION ALL SELECT 'campaigns', 'CampaignId', CampaignId::VARCHAR FROM campaigns
  UNION ALL SELECT 'promotion_calendar', 'PromoCode', PromoCode FROM promotion_calendar
  UNION ALL SELECT 'customers', 'LoyaltyCard', LoyaltyCard FROM customers WHERE LoyaltyCard IS NOT NULL
  UNION ALL SELECT 'supplier_depots', 'SupplierID, DCID', SupplierID || ', ' || DCID FROM supplier_depots
  UNION ALL SELECT 'zone_layout', 'Zone, AdjacentZone', Zone || ', ' || AdjacentZone FROM zone_layout
  UNION ALL SELECT 'closing_store_stock', 'StoreID, ProductID', StoreID || ', ' || ProductID
    FROM closing_store_stock
  UNION ALL SELECT 'closing_dc_stock', 'DCID, ProductID', DCID || ', ' || ProductID FROM closing_dc_stock
  UNION ALL SELECT 'closing_in_transit', 'ShipmentId, ProductID', id_text(ShipmentId) || ', ' || ProductID
    FROM closing_in_transit
  UNION ALL SELECT 'store_inventory_snapshots', 'StoreID, ProductID', StoreID || ', ' || ProductID
    FROM store_inventory_snapshots
  UNION ALL SELECT 'dc_inventory_snapshots', 'DCID, ProductID', DCID || ', ' || ProductID
    FROM dc_inventory_snapshots
)
GROUP BY TableName, KeyColumn, KeyValue
HAVING count(*) > 1
