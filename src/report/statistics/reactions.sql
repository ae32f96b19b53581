-- What shoppers do who want a product and find its shelf empty: shares of their wishes.
SELECT 'stock.reactions' AS Statistic,
  CASE Reaction::VARCHAR
    WHEN 'OTHER_STORE' THEN 'other store'
    WHEN 'OTHER_BRAND' THEN 'other brand'
    WHEN 'DELAY' THEN 'later'
    WHEN 'NOTHING' THEN 'nothing'
    ELSE 'other size'
  END AS Item,
  count(*) / (SELECT count(*) FROM unmet_demand) AS Value
FROM unmet_demand
GROUP BY ALL
