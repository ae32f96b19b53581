-- Products of grocery-like lines in stores: how many of the lines belong to the top products among those that sold
-- at all (the top 1 % are the most bought hundredth, rounded up), what a unit cost, and how many lines were promoted
-- and by how much off the price without the promotion.
WITH ranked AS (
  SELECT
    count(*) AS Lines,
    row_number() OVER (ORDER BY count(*) DESC, ProductID) AS Place,
    count(*) OVER () AS Products
  FROM store_lines
  WHERE GroceryLike
  GROUP BY ProductID
),
tops AS (SELECT unnest([0.01, 0.05, 0.1, 0.2, 0.5]) AS Top),
promoted AS (
  SELECT Discount / (Value + Discount) AS Depth FROM store_lines WHERE GroceryLike AND Promoted AND Discount > 0
)
SELECT 'products.concentration' AS Statistic, printf('%g %%', 100 * Top) AS Item,
  sum(Lines) FILTER (Place <= ceil(Top * Products)) / sum(Lines) AS Value
FROM ranked, tops
GROUP BY Top
UNION ALL
SELECT 'prices.unit', NULL, UnitPrice FROM store_lines WHERE GroceryLike
UNION ALL
SELECT 'promotions.lines', '', avg(Promoted::INTEGER) FROM store_lines WHERE GroceryLike
UNION ALL
SELECT 'promotions.depth', NULL, Depth FROM promoted
UNION ALL
SELECT 'promotions.depth.mean', '', avg(Depth) FROM promoted
