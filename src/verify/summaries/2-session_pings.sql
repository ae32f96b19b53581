-- What the beacons heard of each session.
SELECT
  SessionId,
  StoreID,
  CustomerBLEId,
  min(EventTS) AS FirstTS,
  max(EventTS) AS LastTS,
  count(*) AS Pings
FROM ble_pings
GROUP BY ALL
