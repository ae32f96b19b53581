-- Receipts with their lines, and with those that are grocery-like.
SELECT
  ReceiptId,
  any_value(CustomerID) AS CustomerID,
  any_value(LocalTS) AS LocalTS,
  any_value(Day) AS Day,
  count(*) AS AllLines,
  count(*) FILTER (GroceryLike) AS Lines,
  coalesce(sum(Value) FILTER (GroceryLike), 0) AS Value,
  count(DISTINCT Category) FILTER (GroceryLike) AS Categories
FROM store_lines
GROUP BY ReceiptId
