-- C6b. A phone number has an area code of the customer's state.
SELECT c.ID, c.Phone, g.State
FROM customers c
JOIN geographies_master g ON g.ID = c.GeographyID
WHERE NOT EXISTS (
  FROM area_codes a WHERE a.State = g.State AND contains(split_part(c.Phone, '555-01', 1), a.AreaCode)
)
