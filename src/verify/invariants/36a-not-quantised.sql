-- 36a. EventTS is not quantised: no more than 2 % of the receipts of a store and day (of 100 or more)
-- share a second.
-- nothing to check without days of 100 receipts: (SELECT 1 FROM receipts GROUP BY StoreID, EventTS::DATE HAVING count(*) >= 100)
WITH seconds AS (
  SELECT r.StoreID, d.OpenedTS, date_trunc('second', r.EventTS) AS SecondTS, count(*) AS Receipts
  FROM receipts r
  ASOF JOIN store_days d ON d.StoreID = r.StoreID AND r.EventTS >= d.OpenedTS
  GROUP BY r.StoreID, d.OpenedTS, SecondTS
)
SELECT StoreID, OpenedTS, sum(Receipts) AS Receipts, sum(Receipts) FILTER (Receipts > 1) AS SharingASecond
FROM seconds
GROUP BY StoreID, OpenedTS
HAVING sum(Receipts) >= 100 AND sum(Receipts) FILTER (Receipts > 1) > 0.02 * sum(Receipts)
