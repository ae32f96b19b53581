-- 21f. Reorder point and order-up-to level of a store's order follow from one forecast: the level lies
-- the days that an order covers above the point, and the point is what these days sell in the
-- time until the next delivery, with its safety stock.
WITH forecasts AS (
  SELECT r.*, o.ReorderPoint AS OpeningPoint,
    CASE WHEN r.OrderUpToLevel - r.ReorderPoint > p.CasePack
      THEN days_covered_per_day(r.OrderUpToLevel - r.ReorderPoint - 1)
      ELSE 0
    END AS LeastPerDay,
    days_covered_per_day(r.OrderUpToLevel - r.ReorderPoint) AS MostPerDay
  FROM reorder_lines r
  JOIN products_master p ON p.ID = r.ProductID
  JOIN opening_stock o USING (NodeType, NodeID, ProductID)
  WHERE r.NodeType = 'STORE'
)
SELECT NodeID AS StoreID, ProductID, EventTS, ReorderPoint, OrderUpToLevel, OpeningPoint,
  store_reorder_point(LeastPerDay) AS LeastPoint, store_reorder_point(MostPerDay) AS MostPoint
FROM forecasts
WHERE ReorderPoint NOT BETWEEN greatest(OpeningPoint, store_reorder_point(LeastPerDay))
  AND greatest(OpeningPoint, store_reorder_point(MostPerDay))
