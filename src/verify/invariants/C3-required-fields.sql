-- C3. No field is empty where the catalogue asks for a value.
-- for each table
SELECT '{table}' AS TableName, to_json(t) AS Row
FROM {table} t
WHERE {anyMissing}
