-- 09a. Cost < SalePrice <= MSRP, and Cost is 50 to 85 % of SalePrice.
SELECT ID, ProductName, Cost, SalePrice, MSRP
FROM products_master
WHERE Cost >= SalePrice OR SalePrice > MSRP OR Cost * 100 < SalePrice * 50 OR Cost * 100 > SalePrice * 85
