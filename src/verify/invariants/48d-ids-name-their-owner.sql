-- 48d. An id names the store, DC or truck of its row, and a receipt is numbered as its session.
-- for each table with ids
SELECT '{table}' AS TableName, EventTS, {shown}
FROM {table}
WHERE {wrong}
