-- How receipts of stores are paid, and what sales tax they bear: tax over the price of taxable lines, by state.
SELECT 'tender' AS Statistic,
  CASE TenderType WHEN 'CREDIT_CARD' THEN 'credit' WHEN 'DEBIT_CARD' THEN 'debit' WHEN 'CASH' THEN 'cash'
    ELSE 'mobile or check' END AS Item,
  count(*) / (SELECT count(*) FROM receipts) AS Value
FROM receipts
GROUP BY ALL
UNION ALL
SELECT 'tax', g.State, sum(l.Tax::DOUBLE) / sum(l.ExtPrice::DOUBLE)
FROM receipt_lines l
JOIN products_master p ON p.ID = l.ProductID AND p.Taxable
JOIN stores s ON s.ID = l.StoreID
JOIN geographies_master g ON g.ID = s.GeographyID
WHERE g.State IN ('LA', 'TN', 'AR', 'WA', 'AL', 'WY', 'HI', 'AK', 'DE', 'MT', 'NH', 'OR')
GROUP BY g.State
