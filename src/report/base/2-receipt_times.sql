-- Receipts in their stores' local time.
SELECT
  r.ReceiptId, r.TraceId, r.SessionId, r.StoreID, s.DCID, r.CustomerID, r.EventTS,
  r.EventTS + z.UtcOffset AS LocalTS,
  (r.EventTS + z.UtcOffset)::DATE AS Day,
  r.Subtotal::DOUBLE AS Value
FROM receipts r
JOIN stores s ON s.ID = r.StoreID
JOIN zone_offsets z ON z.TimeZone = s.TimeZone AND r.EventTS >= z.FromTS AND r.EventTS < z.ToTS
CROSS JOIN report_window w
WHERE r.EventTS >= w.FromTS AND r.EventTS < w.ToTS
