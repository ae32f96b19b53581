-- Online orders in the local time of the customer's home.
SELECT
  o.OrderId, o.CustomerID,
  o.EventTS + z.UtcOffset AS LocalTS,
  (o.EventTS + z.UtcOffset)::DATE AS Day
FROM online_orders o
JOIN customers c ON c.ID = o.CustomerID
JOIN geographies_master g ON g.ID = c.GeographyID
JOIN zone_offsets z ON z.TimeZone = g.TimeZone AND o.EventTS >= z.FromTS AND o.EventTS < z.ToTS
CROSS JOIN report_window w
WHERE o.EventTS >= w.FromTS AND o.EventTS < w.ToTS
