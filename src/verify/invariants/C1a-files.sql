-- C1a. Every file is there and whole, and its header is that of the catalogue.
SELECT TableName, File, Problem
FROM load_problems
WHERE Kind = 'file'
