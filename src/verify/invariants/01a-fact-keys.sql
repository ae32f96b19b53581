-- 01a. What identifies a fact and its event is unique: receipts, lines, orders, impressions, steps
-- of shipments, movements of stock.
-- for each fact table
SELECT '{table}' AS TableName, {key}, count(*) AS Copies
FROM {table}
GROUP BY {key}
HAVING count(*) > 1
