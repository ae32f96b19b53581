-- Units on a receipt of stores, on average.
SELECT sum(f.Qty) / nullif(count(DISTINCT f.ReceiptId), 0) AS Figure
FROM receipt_lines f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.ProductID IN (SELECT ID FROM chosen_products)
