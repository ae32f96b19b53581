-- 33d. All counts of a session are of one party.
SELECT SessionId, StoreID, LeastParty, MostParty
FROM sessions
WHERE LeastParty <> MostParty OR LeastParty < 1
