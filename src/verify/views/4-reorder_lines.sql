-- Reorders with the node that ordered: a store, or a distribution center where StoreID is empty.
SELECT
  CASE WHEN StoreID IS NULL THEN 'DC'::NodeType ELSE 'STORE'::NodeType END AS NodeType,
  coalesce(StoreID, DCID) AS NodeID,
  *
FROM reorders
