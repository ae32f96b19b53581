-- 42a. While a DC is fully out, nothing leaves its stock for stores and no truck starts LOADING
-- there.
-- nothing to check without outages: outages
SELECT o.DCID, o.FromTS, o.ToTS, 'OUTBOUND_SHIPMENT' AS What, d.TraceId AS ShipmentId, d.EventTS
FROM dc_inventory_txn d
JOIN outages o ON o.DCID = d.DCID AND d.EventTS >= o.FromTS AND d.EventTS < o.ToTS
WHERE d.Reason = 'OUTBOUND_SHIPMENT'
UNION ALL
SELECT o.DCID, o.FromTS, o.ToTS, 'LOADING', m.ShipmentId, m.EventTS
FROM truck_moves m
JOIN outages o ON o.DCID = m.DCID AND m.EventTS >= o.FromTS AND m.EventTS < o.ToTS
WHERE m.Status = 'LOADING' AND m.StoreID IS NOT NULL
