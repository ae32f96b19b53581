-- 30c. Beacon and sensor belong to the store and zone that the row names.
SELECT 'ble_pings' AS TableName, SessionId, EventTS, StoreID, Zone, BeaconId AS DeviceId
FROM ble_pings
WHERE BeaconId <> id_of_kind('B', StoreID, enum_code(Zone))
UNION ALL
SELECT 'foot_traffic', SessionId, EventTS, StoreID, Zone, SensorId
FROM foot_traffic
WHERE SensorId <> id_of_kind('N', StoreID, enum_code(Zone))
