-- Shadowing of phones by the pings of sampled days. Successive pings of a visit hear the phone at places of their own,
-- so what they have in common is the shadowing: of an AR(1) process the covariances at a distance of one and two pings are
-- ρσ² and ρ²σ², which give ρ = c2 / c1 and σ² = c1² / c2.
WITH centred AS (
  SELECT SessionId, EventTS, RSSI - avg(RSSI) OVER () AS Level FROM ble_pings
),
paired AS (
  SELECT Level, lag(Level) OVER w AS Previous, lag(Level, 2) OVER w AS Earlier
  FROM centred
  WINDOW w AS (PARTITION BY SessionId ORDER BY EventTS)
),
covariances AS (
  SELECT avg(Level * Previous) AS c1, avg(Level * Earlier) AS c2, count(Earlier) AS Pairs FROM paired
)
SELECT 'ble.shadowing' AS Statistic, '' AS Item, sqrt(c1 * c1 / c2) AS Value FROM covariances WHERE c2 > 0 AND Pairs >= 1000
UNION ALL
SELECT 'ble.correlation', '', c2 / c1 FROM covariances WHERE c1 > 0 AND Pairs >= 1000
