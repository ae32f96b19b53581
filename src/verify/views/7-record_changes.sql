-- Changes of a store's record that no movement of stock explains: errors that nobody noticed, and
-- corrections by counts.
SELECT StoreID, ProductID, EventTS, TraceId, Deviation, RecordedBalance FROM record_errors
UNION ALL
SELECT StoreID, ProductID, EventTS, TraceId, Deviation, Counted FROM stock_counts
