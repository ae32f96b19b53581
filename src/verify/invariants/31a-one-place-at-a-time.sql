-- 31a. One customer's sessions never overlap.
SELECT CustomerID, SessionId, StoreID, EnterTS, LeaveTS, NextSessionId, NextEnterTS
FROM (
  SELECT
    *,
    lead(SessionId) OVER customer_visits AS NextSessionId,
    lead(EnterTS) OVER customer_visits AS NextEnterTS
  FROM visits
  WHERE CustomerID IS NOT NULL
  WINDOW customer_visits AS (PARTITION BY CustomerID ORDER BY EnterTS, SessionId)
)
WHERE NextEnterTS < LeaveTS
