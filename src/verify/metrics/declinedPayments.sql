-- Card payments at tills that failed at the first attempt.
SELECT count(*) AS Figure
FROM payments f
JOIN receipts r ON r.ReceiptId = f.ReceiptId
JOIN chosen_stores c ON c.ID = r.StoreID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Status = 'DECLINED'
