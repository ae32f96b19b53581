-- A short description of each session's way through the zones.
SELECT
  SessionId,
  StoreID,
  CustomerBLEId,
  min(EventTS) AS FirstTS,
  max(EventTS) AS LastTS,
  min(EventTS) FILTER (ToZone = 'CHECKOUT') AS CheckoutTS,
  arg_min(FromZone, rowid) AS FirstZone,
  arg_max(ToZone, rowid) AS LastZone
FROM zone_changes
GROUP BY ALL
