-- Share of store × product × day out of stock. On each complete local day a product that a store
-- carries and that is launched is looked at at 10:00, 14:00 and 18:00; it counts as out of stock if there is no unit on its
-- shelf at one of these, whatever the backroom holds. What is on a shelf follows from its opening quantity, from what
-- leaves it (ShelfDelta) and from its fills.
WITH changes AS (
  SELECT h.StoreID, h.ProductID, w.StartTS AS EventTS, h.ShelfQuantity AS Units
  FROM store_inventory_snapshots h, run_window w
  UNION ALL
  SELECT StoreID, ProductID, EventTS, ShelfDelta FROM store_inventory_txn WHERE ShelfDelta <> 0
  UNION ALL
  SELECT StoreID, ProductID, EventTS, Qty FROM shelf_fills
),
instants AS (
  SELECT StoreID, ProductID, EventTS, sum(Units) AS Units FROM changes GROUP BY ALL
),
steps AS (
  SELECT StoreID, ProductID, EventTS,
    sum(Units) OVER shelf AS Units,
    lead(EventTS) OVER shelf AS NextTS
  FROM instants
  WINDOW shelf AS (PARTITION BY StoreID, ProductID ORDER BY EventTS)
),
empty AS (
  SELECT f.StoreID, f.ProductID, f.EventTS + z.UtcOffset AS FromTS, coalesce(f.NextTS, w.ToTS) + z.UtcOffset AS ToTS
  FROM steps f
  JOIN stores s ON s.ID = f.StoreID
  JOIN zone_offsets z ON z.TimeZone = s.TimeZone AND f.EventTS >= z.FromTS AND f.EventTS < z.ToTS
  CROSS JOIN report_window w
  WHERE f.Units <= 0
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
