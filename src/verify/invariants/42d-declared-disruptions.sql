-- 42d. A disruption that neither came by chance nor was requested is one that a scenario declares for
-- that time, with its Type, Severity, Description and ImpactPercentage, and touches all products.
-- nothing to check without scenarios with disruptions: declared_disruptions
SELECT d.TraceId, d.DCID, d.Type, d.Severity, d.Description, d.ImpactPercentage, d.StartTime, d.EndTime,
  d.AffectedProducts
FROM supply_chain_disruption d
LEFT JOIN distribution_centers c ON c.ID = d.DCID
WHERE EXISTS (FROM declared_disruptions)
  AND NOT regexp_matches(d.Description, ' of capacity lost$|^L[0-9]+: ')
  AND (
    d.AffectedProducts <> (SELECT count(*) FROM products_master)
    OR NOT EXISTS (
      FROM declared_disruptions s
      WHERE s.TimeZone = c.TimeZone
        AND s.Type = d.Type::VARCHAR
        AND s.Severity = d.Severity::VARCHAR
        AND s.Description = d.Description
        AND s.ImpactPercentage = d.ImpactPercentage
        AND d.StartTime >= s.StartTime
        AND d.EndTime = s.EndTime
    )
  )
