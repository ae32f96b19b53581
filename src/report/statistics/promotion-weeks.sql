-- What a promotion does to a product in stores, week by week from Wednesday, when prices change. In a promotion week
-- at least half of the product's lines were promoted; its usual week is the mean of those without any.
--   weeks: units of the mean promotion week over the usual one, median of grocery-like products sold in 40 weeks or more;
--   uplift: units of promotion weeks at 20 to 30 % off, nine of ten lines promoted, over those of usual weeks of the
--     same products;
--   elasticity: least squares of ln(units over usual) on ln(price over usual) through the origin, weighted by usual units.
-- For uplift and elasticity the product sells at least ten units in its usual week.
WITH product_weeks AS (
  SELECT
    l.ProductID,
    date_diff('day', DATE '1970-01-07', l.Day) // 7 AS Week,
    sum(l.Qty) AS Units,
    avg(l.Promoted::INTEGER) AS PromotedShare,
    sum(l.Value) / sum(l.Value + l.Discount) AS Price
  FROM store_lines l
  JOIN days USING (Day)
  WHERE l.GroceryLike
  GROUP BY ALL
),
usual AS (
  SELECT
    ProductID,
    count(*) AS Weeks,
    avg(Units) FILTER (PromotedShare = 0) AS Units,
    avg(Units) FILTER (PromotedShare >= 0.5) AS PromotionUnits
  FROM product_weeks
  GROUP BY ProductID
),
steps AS (
  SELECT w.PromotedShare, w.Price, w.Units, u.Units AS UsualUnits
  FROM product_weeks w
  JOIN usual u USING (ProductID)
  WHERE w.PromotedShare >= 0.5 AND u.Units >= 10
)
SELECT 'promotions.weeks' AS Statistic, '' AS Item, median(PromotionUnits / Units) AS Value FROM usual WHERE Weeks >= 40
UNION ALL
SELECT 'promotions.uplift', '', sum(Units) / sum(UsualUnits)
FROM steps
WHERE PromotedShare >= 0.9 AND Price BETWEEN 0.7 AND 0.8
UNION ALL
SELECT 'promotions.elasticity', '',
  sum(UsualUnits * ln(Units / UsualUnits) * ln(Price)) / sum(UsualUnits * ln(Price) * ln(Price))
FROM steps
WHERE Price < 1
