-- C5c. Figures of masters lie in their ranges: case packs, prices and capacities above 0, lead times of 1
-- to 4 days, tax rates below 20 %, launches within three years before the world's start and two after.
SELECT 'products_master' AS TableName, ID, 'CasePack' AS ColumnName, CasePack::VARCHAR AS FieldValue
FROM products_master WHERE CasePack NOT BETWEEN 1 AND 1000
UNION ALL
SELECT 'products_master', ID, 'Cost', Cost::VARCHAR FROM products_master WHERE Cost <= 0
UNION ALL
SELECT 'products_master', ID, 'LaunchDate', LaunchDate::VARCHAR
FROM products_master CROSS JOIN run_window
WHERE LaunchDate NOT BETWEEN StartTS - INTERVAL 1096 DAY AND StartTS + INTERVAL 731 DAY
UNION ALL
SELECT 'suppliers', ID, 'LeadTimeDays', LeadTimeDays::VARCHAR FROM suppliers WHERE LeadTimeDays NOT BETWEEN 1 AND 4
UNION ALL
SELECT 'trucks', ID, 'CapacityUnits', CapacityUnits::VARCHAR FROM trucks WHERE CapacityUnits <= 0
UNION ALL
SELECT 'trucks', ID, 'CapacityPallets', CapacityPallets::VARCHAR FROM trucks WHERE CapacityPallets <= 0
UNION ALL
SELECT 'geographies_master', ID, 'Population', Population::VARCHAR FROM geographies_master WHERE Population <= 0
UNION ALL
SELECT 'geographies_master', ID, 'TaxRate', TaxRate::VARCHAR
FROM geographies_master WHERE TaxRate NOT BETWEEN 0 AND 0.2
UNION ALL
SELECT 'store_inventory_snapshots', StoreID, 'ReorderPoint', ReorderPoint::VARCHAR
FROM store_inventory_snapshots WHERE ReorderPoint < 0
UNION ALL
SELECT 'dc_inventory_snapshots', DCID, 'ReorderPoint', ReorderPoint::VARCHAR
FROM dc_inventory_snapshots WHERE ReorderPoint < 0
