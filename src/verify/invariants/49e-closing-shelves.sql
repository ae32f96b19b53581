-- 49e. At the closing, shelf and backroom are what is on hand, and the shelf holds what it opened with
-- plus fills minus what was taken.
SELECT c.StoreID, c.ProductID, c.OnHand, c.Shelf, c.Backroom, s.Shelf AS OpeningPlusFillsMinusTaken
FROM closing_store_stock c
LEFT JOIN shelf_steps s ON s.StoreID = c.StoreID AND s.ProductID = c.ProductID AND s.ToTS IS NULL
WHERE c.Shelf + c.Backroom <> c.OnHand OR c.Shelf IS DISTINCT FROM s.Shelf
