-- C2a. Every row has the catalogue's columns, and every field is of its type and value set.
SELECT TableName, File, Line, ColumnName, Problem
FROM load_problems
WHERE Kind = 'row'
