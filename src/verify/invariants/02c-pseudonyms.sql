-- 02c. BLEId and AdId of a customer are the pseudonyms of its number.
SELECT ID, BLEId, ble_number(ID) AS ExpectedBLEId, AdId, ad_number(ID) AS ExpectedAdId
FROM customers
WHERE BLEId <> ble_number(ID) OR AdId <> ad_number(ID)
