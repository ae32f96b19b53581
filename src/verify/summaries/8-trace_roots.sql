-- Where each TraceId that names a fact begins: the visit, shipment, reorder, order, ad, return or
-- disruption.
SELECT SessionId AS TraceId, FirstTS AS RootTS FROM sessions
UNION ALL
SELECT ShipmentId, ScheduledTS FROM trips
UNION ALL
SELECT OrderRef, min(EventTS) FROM reorders GROUP BY OrderRef
UNION ALL
SELECT OrderId, min(EventTS) FROM online_orders GROUP BY OrderId
UNION ALL
SELECT ImpressionId, min(EventTS) FROM marketing GROUP BY ImpressionId
UNION ALL
SELECT TraceId, min(EventTS) FROM returns GROUP BY TraceId
UNION ALL
SELECT TraceId, min(EventTS) FROM supply_chain_disruption GROUP BY TraceId
