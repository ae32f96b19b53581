-- 29b. A session has at most one receipt.
SELECT SessionId, count(*) AS Receipts
FROM receipts
GROUP BY SessionId
HAVING count(*) > 1
