-- Trucks: speed of the way from a DC to a store (great circle × 1.25 over the minutes at the wheel that the duty period
-- gained on it), minutes at the docks of such a trip (from the beginning of loading to departure, and from arrival until
-- the goods are unloaded; ends at which the driver rested are left out: the duty period fell back, and ten hours of rest are
-- no time at a dock), and pallets of a trailer of a DC's truck.
WITH shipment AS (
  SELECT
    ShipmentId,
    any_value(DCID) AS DCID,
    any_value(StoreID) AS StoreID,
    min(EventTS) FILTER (Status = 'LOADING') AS LoadingTS,
    min(EventTS) FILTER (Status = 'IN_TRANSIT') AS DepartedTS,
    min(EventTS) FILTER (Status = 'ARRIVED') AS ArrivedTS,
    min(EventTS) FILTER (Status = 'COMPLETED') AS CompletedTS,
    max(DutyDrivingMinutes) FILTER (Status = 'LOADING') AS DutyAtLoading,
    max(DutyDrivingMinutes) FILTER (Status = 'IN_TRANSIT') AS DutyAtDeparture,
    max(DutyDrivingMinutes) FILTER (Status = 'ARRIVED') AS DutyAtArrival,
    max(DutyDrivingMinutes) FILTER (Status = 'COMPLETED') AS DutyAtCompletion,
    DutyAtArrival - DutyAtDeparture AS Driven
  FROM truck_moves
  GROUP BY ShipmentId
),
legs AS (
  SELECT 1.25 * great_circle_km(d.Latitude, d.Longitude, s.Latitude, s.Longitude) / 1.609344 AS Miles, Driven / 60 AS Hours
  FROM shipment t
  JOIN distribution_centers d ON d.ID = t.DCID
  JOIN stores s ON s.ID = t.StoreID
  WHERE Driven > 0
)
SELECT 'trucks.speed' AS Statistic, '' AS Item, sum(Miles) / sum(Hours) AS Value FROM legs
UNION ALL
SELECT
  'trucks.dock',
  '',
  (
    avg(epoch_ms(DepartedTS - LoadingTS)) FILTER (DutyAtDeparture >= DutyAtLoading)
    + avg(epoch_ms(CompletedTS - ArrivedTS)) FILTER (DutyAtCompletion >= DutyAtArrival)
  ) / 60000
FROM shipment
WHERE StoreID IS NOT NULL
UNION ALL
SELECT 'trucks.pallets', '', median(CapacityPallets) FROM trucks WHERE DCID > 0
