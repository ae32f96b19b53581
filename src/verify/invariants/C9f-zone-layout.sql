-- C9f. Zones lie side by side both ways, none beside itself, and every zone has a way to another.
SELECT l.Zone, l.AdjacentZone
FROM zone_layout l
WHERE l.Zone = l.AdjacentZone
  OR NOT EXISTS (FROM zone_layout o WHERE o.Zone = l.AdjacentZone AND o.AdjacentZone = l.Zone)
