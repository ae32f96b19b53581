-- 39d. A pickup is collected by its customer, during a visit to the store that keeps it.
-- nothing to check without collected orders: (FROM online_order_status WHERE Status = 'COLLECTED')
SELECT s.OrderId, o.CustomerID, s.NodeID AS StoreID, s.EventTS AS CollectedTS, v.SessionId, v.EnterTS, v.LeaveTS
FROM online_order_status s
JOIN online_orders o USING (OrderId)
ASOF LEFT JOIN visits v
  ON v.CustomerID = o.CustomerID AND v.StoreID = s.NodeID AND s.EventTS >= v.EnterTS
WHERE s.Status = 'COLLECTED' AND (v.SessionId IS NULL OR s.EventTS > v.LeaveTS)
