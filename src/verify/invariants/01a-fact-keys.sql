-- 01a. The key of every fact is unique: receipts, lines, orders, impressions, steps of shipments,
-- and with them the ids of events.
-- for each fact table
SELECT '{table}' AS TableName, {key}, count(*) AS Copies
FROM {table}
GROUP BY {key}
HAVING count(*) > 1
