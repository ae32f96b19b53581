-- 35. RSSI lies between -100 and -20.
SELECT SessionId, EventTS, BeaconId, RSSI
FROM ble_pings
WHERE RSSI NOT BETWEEN -100 AND -20
