-- C1c. Each region has as many rows of each table as its commits wrote, and no part is without rows.
-- for each fact table
-- nothing to check without counts in a manifest: committed_rows
SELECT '{table}' AS TableName, coalesce(c.Region, f.Region) AS Region, coalesce(f.Rows, 0) AS Rows,
  coalesce(c.Rows, 0) AS Committed
FROM (FROM committed_rows WHERE TableName = '{table}') c
FULL JOIN (SELECT Region, count(*) AS Rows FROM {table} JOIN parts USING (Part) GROUP BY Region) f USING (Region)
WHERE coalesce(c.Rows, 0) <> coalesce(f.Rows, 0)
  AND EXISTS (FROM committed_rows)
UNION ALL
SELECT '{table}', p.Region, 0, NULL
FROM parts p
WHERE p.TableName = '{table}'
  AND p.Part NOT IN (SELECT Part FROM {table})
  AND (SELECT count(*) FROM parts WHERE TableName = '{table}') > 1
