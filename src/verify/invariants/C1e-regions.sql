-- C1e. Every region has facts: one DC, one region, at least one part.
SELECT d.ID AS Region, d.DCNumber, 'no part in any table of facts' AS Problem
FROM distribution_centers d
CROSS JOIN run_window w
WHERE d.ID NOT IN (SELECT Region FROM parts)
  -- Where the manifest tells of its parts, C1a has named them all.
  AND d.ID NOT IN (SELECT Region FROM committed_rows)
  AND w.EndTS >= w.StartTS + INTERVAL 1 DAY
