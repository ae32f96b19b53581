-- 36b. No two stores (of 100 receipts or more) have the same number of receipts in every hour.
-- nothing to check without two stores of 100 receipts: (SELECT 1 FROM (SELECT 1 FROM receipts GROUP BY StoreID HAVING count(*) >= 100) HAVING count(*) > 1)
WITH hours AS (
  SELECT StoreID, date_trunc('hour', EventTS) AS HourTS, count(*) AS Receipts
  FROM receipts
  GROUP BY ALL
),
profiles AS (
  SELECT StoreID, sum(Receipts) AS Receipts, list((HourTS, Receipts) ORDER BY HourTS) AS Profile
  FROM hours
  GROUP BY StoreID
  HAVING sum(Receipts) >= 100
)
SELECT a.StoreID, b.StoreID AS OtherStoreID, a.Receipts
FROM profiles a
JOIN profiles b ON b.Profile = a.Profile AND b.StoreID > a.StoreID
