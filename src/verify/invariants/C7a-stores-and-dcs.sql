-- C7a. Stores lie only in states that have a distribution center.
SELECT s.ID, g.State
FROM stores s
JOIN geographies_master g ON g.ID = s.GeographyID
WHERE g.State NOT IN (
  SELECT h.State FROM distribution_centers d JOIN geographies_master h ON h.ID = d.GeographyID
)
