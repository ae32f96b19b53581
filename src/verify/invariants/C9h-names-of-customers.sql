-- C9h. A customer bears names of the dictionaries.
-- nothing to check without the project's own dictionaries: known_names
SELECT ID, FirstName, LastName
FROM customers
WHERE EXISTS (FROM known_names)
  AND (
    FirstName NOT IN (SELECT Name FROM known_names WHERE Kind = 'first')
    OR LastName NOT IN (SELECT Name FROM known_names WHERE Kind = 'last')
  )
