-- C6a. Phone numbers lie in the range reserved for fiction, 555-0100 to 555-0199.
SELECT ID, Phone
FROM customers
WHERE NOT regexp_matches(Phone, '555-01[0-9][0-9]$')
