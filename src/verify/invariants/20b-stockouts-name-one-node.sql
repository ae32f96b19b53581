-- 20b. A stockout is of a store or of a DC, not of both.
SELECT TraceId, EventTS, StoreID, DCID, ProductID
FROM stockouts
WHERE (StoreID IS NULL) = (DCID IS NULL)
