-- 38d. A customer of the hold-out group sees no ads.
SELECT m.ImpressionId, c.ID AS CustomerID
FROM marketing m
JOIN customers c ON c.AdId = m.CustomerAdId
WHERE c.AdHoldout
