-- 04. Lines of a receipt or an online order are 1 to n without gaps.
SELECT ReceiptId, NULL AS OrderId, count(*) AS Lines, min(Line) AS FirstLine, max(Line) AS LastLine
FROM receipt_lines
GROUP BY ReceiptId
HAVING min(Line) <> 1 OR max(Line) <> count(*)
UNION ALL
SELECT NULL, OrderId, count(*), min(Line), max(Line)
FROM online_order_lines
GROUP BY OrderId
HAVING min(Line) <> 1 OR max(Line) <> count(*)
