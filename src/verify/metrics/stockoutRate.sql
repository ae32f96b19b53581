-- Share of stores' products, of those on sale, with an empty shelf at midnight UTC.
WITH midnights AS (
  SELECT c.ID AS StoreID, m.AtTS
  FROM chosen_stores c, run_window r,
    generate_series(date_trunc('day', r.StartTS), r.EndTS, INTERVAL 1 DAY) m(AtTS)
  WHERE m.AtTS > greatest(c.FromTS, r.StartTS) AND m.AtTS <= least(c.ToTS, r.EndTS)
),
shelves AS (
  SELECT m.AtTS, f.StoreID, f.ProductID, f.CurrentQuantity
  FROM midnights m
  JOIN store_inventory_snapshots f USING (StoreID)
  JOIN products_master p ON p.ID = f.ProductID AND p.LaunchDate <= m.AtTS
  WHERE f.ProductID IN (SELECT ID FROM chosen_products)
)
SELECT avg((coalesce(t.Balance, h.CurrentQuantity) = 0)::INTEGER) AS Figure
FROM shelves h
ASOF LEFT JOIN store_inventory_txn t
  ON t.StoreID = h.StoreID AND t.ProductID = h.ProductID AND t.EventTS < h.AtTS
