-- 02a. Every foreign key resolves; every CustomerBLEId and CustomerAdId belongs to a customer.
-- for each reference
SELECT '{table}' AS TableName, '{column}' AS ColumnName, {shown} AS Missing
FROM {table} f
WHERE f.{column} IS NOT NULL
  AND NOT EXISTS (FROM {targetTable} t WHERE t.{targetColumn} = f.{column})
