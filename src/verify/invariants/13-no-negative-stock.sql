-- 13. Stock on hand is never negative.
SELECT NodeType, NodeID, ProductID, EventTS, Balance
FROM stock_moves
WHERE Balance < 0
UNION ALL
SELECT NodeType, NodeID, ProductID, NULL, CurrentQuantity
FROM opening_stock
WHERE CurrentQuantity < 0
