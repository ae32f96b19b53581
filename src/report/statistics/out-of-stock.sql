-- Share of store × product × day out of stock. On each complete local day a product that a store carries and that is
-- launched is looked at at 10:00, 14:00 and 18:00; it counts as out of stock if there is no unit at one of these. Stock is
-- the running balance of store_inventory_txn after the opening stock.
WITH movements AS (
  SELECT StoreID, ProductID, EventTS, Balance, rowid AS FileRow FROM store_inventory_txn
  UNION ALL
  SELECT h.StoreID, h.ProductID, w.StartTS, h.CurrentQuantity, -1 FROM store_inventory_snapshots h, run_window w
),
followed AS (
  SELECT StoreID, ProductID, Balance, EventTS,
    lead(EventTS) OVER (PARTITION BY StoreID, ProductID ORDER BY EventTS, FileRow) AS NextTS
  FROM movements
),
empty AS (
  SELECT f.StoreID, f.ProductID, f.EventTS + z.UtcOffset AS FromTS, coalesce(f.NextTS, w.ToTS) + z.UtcOffset AS ToTS
  FROM followed f
  JOIN stores s ON s.ID = f.StoreID
  JOIN zone_offsets z ON z.TimeZone = s.TimeZone AND f.EventTS >= z.FromTS AND f.EventTS < z.ToTS
  CROSS JOIN report_window w
  WHERE f.Balance <= 0
),
looks AS (SELECT Day, Day + to_hours(Hour) AS AtTS FROM days, (SELECT unnest([10, 14, 18]) AS Hour)),
out_days AS (
  SELECT DISTINCT e.StoreID, e.ProductID, l.Day
  FROM empty e
  JOIN looks l ON l.AtTS >= e.FromTS AND l.AtTS < e.ToTS
  JOIN products_master p ON p.ID = e.ProductID AND p.LaunchDate <= l.Day
),
carried AS (
  SELECT count(*) AS Days
  FROM store_inventory_snapshots h
  JOIN products_master p ON p.ID = h.ProductID
  JOIN days d ON d.Day >= p.LaunchDate
)
SELECT 'stock.out' AS Statistic, '' AS Item, (SELECT count(*) FROM out_days) / nullif(Days, 0) AS Value FROM carried
