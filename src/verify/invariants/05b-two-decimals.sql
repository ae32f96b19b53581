-- 05b. All money has at most two decimals.
-- for each money column
SELECT '{table}' AS TableName, '{column}' AS ColumnName, {column}::VARCHAR AS Amount
FROM {table}
WHERE {column} <> round({column}, 2)
