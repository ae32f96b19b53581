-- C2b. A field is written in one form: 8.90, 3, true, S1-496, no blanks around it, clean text in UTF-8.
SELECT TableName, File, Line, ColumnName, Problem
FROM load_problems
WHERE Kind = 'form'
