-- 30d. All pings and zone changes of a session are of one customer.
SELECT SessionId, count(DISTINCT CustomerBLEId) AS Phones, min(CustomerBLEId) AS CustomerBLEId
FROM (
  SELECT SessionId, CustomerBLEId FROM session_pings
  UNION ALL
  SELECT SessionId, CustomerBLEId FROM session_zones
)
GROUP BY SessionId
HAVING min(CustomerBLEId) <> max(CustomerBLEId)
