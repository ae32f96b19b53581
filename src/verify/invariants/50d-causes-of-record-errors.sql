-- 50d. Theft and damage that nobody saw leave as many units too many in the record as are gone; a
-- mis-scan takes from one product's record what another's keeps; a miscount names a shipment that came in;
-- an error names the record that the movement left.
WITH causes AS (
  SELECT e.TraceId, e.StoreID, e.Kind, e.Deviation,
    m.RecordedBalance = e.RecordedBalance AND CASE e.Kind
      WHEN 'THEFT' THEN m.Reason = 'LOST' AND m.Source = 'FLOOR' AND m.QtyDelta = -e.Deviation
      WHEN 'DAMAGE' THEN m.Reason = 'DAMAGED' AND m.Source = 'FLOOR' AND m.QtyDelta = -e.Deviation
      WHEN 'MIS_SCAN' THEN m.Reason = 'SALE' AND m.Source = 'POS' AND m.QtyDelta = -e.Deviation
      WHEN 'MISCOUNT' THEN m.Reason = 'INBOUND_SHIPMENT' AND e.Deviation >= -m.QtyDelta
    END AS IsCaused
  FROM record_errors e
  LEFT JOIN store_inventory_txn m
    ON m.TraceId = e.TraceId AND m.StoreID = e.StoreID AND m.ProductID = e.ProductID
    AND (m.QtyDelta > 0) = (e.Kind = 'MISCOUNT')
)
SELECT TraceId, StoreID, Kind, sum(Deviation) AS Deviation, count(*) AS Errors,
  count(*) FILTER (IsCaused) AS Movements
FROM causes
GROUP BY TraceId, StoreID, Kind
HAVING CASE Kind
  WHEN 'MIS_SCAN' THEN sum(Deviation) <> 0 OR count(*) <> 2 OR count(*) FILTER (IsCaused) <> 1
  ELSE count(*) <> count(*) FILTER (IsCaused)
END
