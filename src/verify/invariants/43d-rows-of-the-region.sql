-- 43d. A row lies in the part of its own region: that of the store, DC or truck that it is about.
-- for each fact table
SELECT '{table}' AS TableName, p.File, p.Region, r.Region AS OwnRegion, t.Rows
FROM (SELECT Part, {owner} AS Owner, count(*) AS Rows FROM {table} GROUP BY ALL) t
JOIN parts p USING (Part)
JOIN id_regions r USING (Owner)
WHERE r.Region <> p.Region
