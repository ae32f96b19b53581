-- 50d. Theft and damage that nobody saw leave as many units too many in the record as are gone; a
-- mis-scan takes from one product's record what another's keeps; a miscount names a shipment that came in.
SELECT e.TraceId, e.StoreID, e.Kind, sum(e.Deviation) AS Deviation, count(*) AS Errors,
  count(m.TraceId) AS Movements
FROM record_errors e
LEFT JOIN store_inventory_txn m
  ON m.TraceId = e.TraceId AND m.StoreID = e.StoreID AND m.ProductID = e.ProductID AND CASE e.Kind
    WHEN 'THEFT' THEN m.Reason = 'LOST' AND m.Source = 'FLOOR' AND m.QtyDelta = -e.Deviation
    WHEN 'DAMAGE' THEN m.Reason = 'DAMAGED' AND m.Source = 'FLOOR' AND m.QtyDelta = -e.Deviation
    WHEN 'MIS_SCAN' THEN m.Reason = 'SALE' AND m.Source = 'POS' AND m.QtyDelta = -e.Deviation
    WHEN 'MISCOUNT' THEN m.Reason = 'INBOUND_SHIPMENT' AND e.Deviation >= -m.QtyDelta
  END
GROUP BY e.TraceId, e.StoreID, e.Kind
HAVING CASE e.Kind
  WHEN 'MIS_SCAN' THEN sum(e.Deviation) <> 0 OR count(*) <> 2 OR count(m.TraceId) <> 1
  ELSE count(*) <> count(m.TraceId)
END
