-- Days between two successive grocery trips of a household, all pairs together.
SELECT 'households.gaps' AS Statistic, NULL AS Item, epoch_ms(LocalTS - Previous) / 86400000 AS Value
FROM (SELECT LocalTS, lag(LocalTS) OVER (PARTITION BY CustomerID ORDER BY LocalTS, ReceiptId) AS Previous FROM trips)
WHERE Previous IS NOT NULL
