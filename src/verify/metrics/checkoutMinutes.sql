-- Mean minutes from joining the checkout to leaving it with a receipt, for those who do.
SELECT avg(hours_between(f.EventTS, r.EventTS)) * 60 AS Figure
FROM zone_changes f
JOIN chosen_stores c ON c.ID = f.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
JOIN receipts r ON r.SessionId = f.SessionId
WHERE f.ToZone = 'CHECKOUT'
