-- Products, and whether they are grocery-like: what the Complete Journey calls a supermarket's goods.
SELECT
  ID AS ProductID,
  Department::VARCHAR AS Department,
  Category,
  SalePrice::DOUBLE AS SalePrice,
  Department IN ('Grocery', 'Health & Beauty', 'Baby & Kids', 'Pet Supplies') AS GroceryLike
FROM products_master
