-- 25b. A truck works for its home DC and drives to the stores that this DC serves; suppliers'
-- trucks never visit stores.
SELECT t.ShipmentId, t.TruckId, t.DCID, t.StoreID, k.DCID AS HomeDCID, s.DCID AS StoreDCID
FROM trips t
JOIN trucks k ON k.ID = t.TruckId
LEFT JOIN stores s ON s.ID = t.StoreID
WHERE k.DCID = 0 AND t.StoreID IS NOT NULL
  OR k.DCID <> 0 AND (t.StoreID IS NULL OR t.DCID <> k.DCID OR s.DCID <> k.DCID)
