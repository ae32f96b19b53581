-- 31b. One customer's consecutive sessions in different stores leave the time to drive there: the
-- great-circle distance at 70 mph.
-- nothing to check without customers who visit two stores: (SELECT 1 FROM visits GROUP BY CustomerID HAVING count(DISTINCT StoreID) > 1)
SELECT v.CustomerID, v.SessionId, v.StoreID, v.LeaveTS, v.NextSessionId, v.NextStoreID, v.NextEnterTS,
  great_circle_km(a.Latitude, a.Longitude, b.Latitude, b.Longitude) AS DistanceKm
FROM (
  SELECT
    *,
    lead(SessionId) OVER customer_visits AS NextSessionId,
    lead(StoreID) OVER customer_visits AS NextStoreID,
    lead(EnterTS) OVER customer_visits AS NextEnterTS
  FROM visits
  WHERE CustomerID IS NOT NULL
  WINDOW customer_visits AS (PARTITION BY CustomerID ORDER BY EnterTS, SessionId)
) v
JOIN stores a ON a.ID = v.StoreID
JOIN stores b ON b.ID = v.NextStoreID
WHERE v.NextStoreID <> v.StoreID
  AND v.NextEnterTS >= v.LeaveTS
  AND hours_between(v.LeaveTS, v.NextEnterTS)
    < hours_at_70_mph(great_circle_km(a.Latitude, a.Longitude, b.Latitude, b.Longitude))
