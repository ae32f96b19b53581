-- 21f. Reorder point and order-up-to level of a store's order follow from one forecast: the level lies
-- above the point by what the days that the order covers sell, and the point is what the days until
-- its goods come sell, with its safety stock.
WITH distances AS (
  SELECT s.ID AS StoreID, s.TimeZone,
    great_circle_km(d.Latitude, d.Longitude, s.Latitude, s.Longitude) AS DistanceKm
  FROM stores s
  JOIN distribution_centers d ON d.ID = s.DCID
),
forecasts AS (
  SELECT r.*, o.LeastReorderPoint, c.StoreCoverDays, n.Near, n.Far,
    store_protection_days(z.DistanceKm - 0.01) AS LeastDays,
    store_protection_days(z.DistanceKm + 0.01) AS MostDays,
    CASE WHEN r.OrderUpToLevel - r.ReorderPoint > p.CasePack
      THEN (r.OrderUpToLevel - r.ReorderPoint - 1) / c.StoreCoverDays
      ELSE 0
    END AS LeastFar,
    (r.OrderUpToLevel - r.ReorderPoint) / c.StoreCoverDays AS MostFar
  FROM reorder_lines r
  JOIN products_master p ON p.ID = r.ProductID
  JOIN opening_stock o USING (NodeType, NodeID, ProductID)
  JOIN distances z ON z.StoreID = r.NodeID
  CROSS JOIN run_window w
  -- A longer cover has offers of its own.
  CROSS JOIN (FROM order_cover WHERE StoreCoverDays < 7) c
  JOIN local_days l
    ON l.TimeZone = z.TimeZone AND r.EventTS - INTERVAL 2 HOUR >= l.StartTS AND r.EventTS - INTERVAL 2 HOUR < l.EndTS
  JOIN planned_seasons n
    ON n.LocalDate = l.LocalDate
    AND n.NearDays = ceil(store_protection_days(z.DistanceKm))
    AND n.Department = p.Department::VARCHAR
  WHERE r.NodeType = 'STORE' AND r.EventTS > w.StartTS
),
points AS (
  SELECT *,
    store_reorder_point(LeastFar * Near / Far * (1 - 1e-9), LeastDays) AS LeastPoint,
    store_reorder_point(MostFar * Near / Far * (1 + 1e-9), MostDays) AS MostPoint
  FROM forecasts
  WHERE Far > 0
)
SELECT NodeID AS StoreID, ProductID, EventTS, ReorderPoint, OrderUpToLevel, LeastReorderPoint, LeastPoint,
  MostPoint
FROM points
WHERE ReorderPoint NOT BETWEEN greatest(LeastReorderPoint, LeastPoint) AND greatest(LeastReorderPoint, MostPoint)
