-- 08a. Exactly one APPROVED payment per receipt and per online order, and its Amount is the Total.
WITH approved AS (
  SELECT ReceiptId, OrderId, count(*) AS Payments, sum(Amount) AS Amount
  FROM payments
  WHERE Status = 'APPROVED'
  GROUP BY ReceiptId, OrderId
)
SELECT r.ReceiptId, NULL AS OrderId, r.Total, coalesce(a.Payments, 0) AS Payments, a.Amount
FROM receipts r
LEFT JOIN approved a ON a.ReceiptId = r.ReceiptId AND a.OrderId IS NULL
WHERE a.Payments IS DISTINCT FROM 1 OR a.Amount <> r.Total
UNION ALL
SELECT NULL, o.OrderId, o.Total, coalesce(a.Payments, 0), a.Amount
FROM online_orders o
LEFT JOIN approved a ON a.OrderId = o.OrderId AND a.ReceiptId IS NULL
WHERE a.Payments IS DISTINCT FROM 1 OR a.Amount <> o.Total
UNION ALL
SELECT ReceiptId, OrderId, NULL, Payments, Amount
FROM approved
WHERE (ReceiptId IS NULL) = (OrderId IS NULL)
