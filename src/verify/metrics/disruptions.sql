-- Disruptions that began at distribution centers.
SELECT count(*) AS Figure
FROM supply_chain_disruption f
JOIN chosen_dcs c ON c.ID = f.DCID AND f.EventTS >= c.FromTS AND f.EventTS < c.ToTS
WHERE f.Status = 'ACTIVE'
