-- Share of the time in which stores are open that a product's shelf is empty, over stores and products.
WITH operations AS (
  SELECT StoreID, Operation, EventTS AS FromTS,
    lead(EventTS) OVER (PARTITION BY StoreID ORDER BY EventTS) AS ToTS
  FROM store_ops
),
open_hours AS (
  SELECT o.StoreID, greatest(o.FromTS, c.FromTS) AS FromTS,
    least(coalesce(o.ToTS, r.EndTS), c.ToTS, r.EndTS) AS ToTS
  FROM operations o
  JOIN chosen_stores c ON c.ID = o.StoreID
  CROSS JOIN run_window r
  WHERE o.Operation = 'OPENED' AND greatest(o.FromTS, c.FromTS) < least(coalesce(o.ToTS, r.EndTS), c.ToTS, r.EndTS)
),
sold AS (
  SELECT s.StoreID, s.ProductID, p.LaunchDate
  FROM store_inventory_snapshots s
  JOIN products_master p ON p.ID = s.ProductID
  WHERE s.ProductID IN (SELECT ID FROM chosen_products)
),
whole AS (
  SELECT sum(hours_between(h.FromTS, h.ToTS)) AS Hours
  FROM open_hours h
  JOIN sold s ON s.StoreID = h.StoreID AND s.LaunchDate <= h.FromTS
),
bare AS (
  SELECT sum(hours_between(
    greatest(h.FromTS, e.FromTS), least(h.ToTS, coalesce(e.ToTS, h.ToTS)))) AS Hours
  FROM shelf_steps e
  JOIN sold s ON s.StoreID = e.StoreID AND s.ProductID = e.ProductID
  JOIN open_hours h ON h.StoreID = e.StoreID AND e.FromTS < h.ToTS AND coalesce(e.ToTS, h.ToTS) > h.FromTS
  WHERE e.Shelf = 0 AND s.LaunchDate <= h.FromTS
)
SELECT coalesce(bare.Hours, 0) / whole.Hours AS Figure FROM bare, whole
