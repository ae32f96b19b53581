-- Share of the receipts of stores that are paid in cash.
SELECT count(*) FILTER (f.TenderType = 'CASH') / nullif(count(*), 0) AS Figure
FROM receipts f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
