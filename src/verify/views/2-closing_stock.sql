-- Closing stock of stores and distribution centers together, as the simulation reports it.
SELECT 'STORE'::NodeType AS NodeType, StoreID AS NodeID, ProductID, OnHand, OnOrder
FROM closing_store_stock
UNION ALL
SELECT 'DC'::NodeType, DCID, ProductID, OnHand, OnOrder
FROM closing_dc_stock
