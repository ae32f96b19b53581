-- 26c. All trucks are of one size.
SELECT list(DISTINCT CapacityUnits)::VARCHAR AS CapacityUnits,
  list(DISTINCT CapacityPallets)::VARCHAR AS CapacityPallets
FROM trucks
HAVING count(DISTINCT CapacityUnits) > 1 OR count(DISTINCT CapacityPallets) > 1
