-- Mean hours from a store's order to the unloading of the goods, for orders that were delivered.
SELECT avg(hours_between(f.EventTS, u.EventTS)) AS Figure
FROM reorders f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
JOIN truck_inventory u
  ON u.OrderRef = f.OrderRef AND u.ProductID = f.ProductID AND u.Action = 'UNLOAD'
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
