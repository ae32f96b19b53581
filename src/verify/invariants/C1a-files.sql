-- C1a. Every file is there and whole, its header is that of the catalogue, and a table in two formats
-- has the same rows in both.
SELECT TableName, File, Problem
FROM load_problems
WHERE Kind IN ('file', 'twin')
