-- 34d. A store opens and closes in turn, beginning with opening.
SELECT StoreID, EventTS, Operation, OperationBefore
FROM (
  SELECT *, lag(Operation) OVER (PARTITION BY StoreID ORDER BY rowid) AS OperationBefore
  FROM store_ops
)
WHERE Operation = coalesce(OperationBefore, 'CLOSED')
