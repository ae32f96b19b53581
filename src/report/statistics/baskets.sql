-- Baskets of stores. The dispersion k of all lines is that of a negative binomial shifted by one, by its moments:
-- k = m² / (v - m), where m is the mean less one and v the variance. The other figures are of grocery-like lines.
WITH moments AS (SELECT avg(AllLines) - 1 AS m, var_samp(AllLines) AS v FROM baskets),
units AS (
  SELECT CASE WHEN Qty < 5 THEN Qty::VARCHAR ELSE '5+' END AS Units, count(*) AS Lines, sum(Qty) AS Sold
  FROM store_lines
  WHERE GroceryLike
  GROUP BY ALL
)
SELECT 'baskets.lines.mean' AS Statistic, '' AS Item, m + 1 AS Value FROM moments
UNION ALL
SELECT 'baskets.lines.dispersion', '', m * m / nullif(v - m, 0) FROM moments
UNION ALL
SELECT 'baskets.lines', NULL, Lines FROM trips
UNION ALL
SELECT 'baskets.value', NULL, Value FROM trips
UNION ALL
SELECT 'baskets.units', Units, Lines / sum(Lines) OVER () FROM units
UNION ALL
SELECT 'baskets.units.mean', '', sum(Sold) / sum(Lines) FROM units
UNION ALL
SELECT 'baskets.categories', '', avg(Categories) FROM trips WHERE Lines = 10
