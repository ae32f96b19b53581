-- C9d. Entities are numbered from 1 without a gap (trucks with gaps), and their numbers stand on doors,
-- gates, plates and cards: stores ST, DCs DC, plates with the state of the truck's DC, loyalty cards LC.
SELECT 'stores' AS TableName, ID, StoreNumber AS Number FROM stores
WHERE NOT regexp_matches(StoreNumber, '^ST[0-9]{3,}$') OR substr(StoreNumber, 3)::INTEGER <> ID
UNION ALL
SELECT 'distribution_centers', ID, DCNumber FROM distribution_centers
WHERE NOT regexp_matches(DCNumber, '^DC[0-9]{2,}$') OR substr(DCNumber, 3)::INTEGER <> ID
UNION ALL
SELECT 'trucks', k.ID, k.LicensePlate
FROM trucks k
WHERE NOT regexp_matches(k.LicensePlate, '^[A-Z]{2} ([A-Z]{3}-[0-9]{4}|[0-9]{4}-[A-Z]{3})$')
  OR NOT EXISTS (
    FROM distribution_centers d
    JOIN geographies_master g ON g.ID = d.GeographyID
    WHERE k.DCID IN (0, d.ID) AND g.State = left(k.LicensePlate, 2)
  )
UNION ALL
SELECT 'customers', ID, LoyaltyCard FROM customers WHERE NOT regexp_matches(LoyaltyCard, '^LC[0-9]{9}$')
UNION ALL
SELECT TableName, Highest, Entities || ' rows'
FROM (
  SELECT 'stores' AS TableName, max(ID) AS Highest, count(*) AS Entities FROM stores
  UNION ALL SELECT 'distribution_centers', max(ID), count(*) FROM distribution_centers
  UNION ALL SELECT 'suppliers', max(ID), count(*) FROM suppliers
  UNION ALL SELECT 'customers', max(ID), count(*) FROM customers
  UNION ALL SELECT 'products_master', max(ID), count(*) FROM products_master
  UNION ALL SELECT 'geographies_master', max(ID), count(*) FROM geographies_master
  UNION ALL SELECT 'campaigns', max(CampaignId), count(*) FROM campaigns
)
WHERE Highest <> Entities
