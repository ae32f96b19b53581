-- C9i. Customers have had their accounts for up to 15 years when the world opens, or open them on the first
-- day of a month after it; nobody visits, orders or sees an ad before.
WITH accounts AS (
  SELECT ID, BLEId, AdId, AccountOpened FROM customers CROSS JOIN run_window WHERE AccountOpened > StartTS
)
SELECT 'customers' AS TableName, ID, AccountOpened, StartTS AS EventTS
FROM customers
CROSS JOIN run_window
WHERE AccountOpened >= StartTS::DATE AND NOT (AccountOpened > StartTS AND day(AccountOpened) = 1)
  OR AccountOpened < StartTS::DATE - 5476
UNION ALL
SELECT 'visits', a.ID, a.AccountOpened, v.EnterTS
FROM visits v JOIN accounts a ON a.ID = v.CustomerID WHERE v.EnterTS < a.AccountOpened
UNION ALL
SELECT 'online_orders', a.ID, a.AccountOpened, o.EventTS
FROM online_orders o JOIN accounts a ON a.ID = o.CustomerID WHERE o.EventTS < a.AccountOpened
UNION ALL
SELECT 'marketing', a.ID, a.AccountOpened, m.EventTS
FROM marketing m JOIN accounts a ON a.AdId = m.CustomerAdId WHERE m.EventTS < a.AccountOpened
