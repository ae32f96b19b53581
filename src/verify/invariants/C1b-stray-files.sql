-- C1b. Nothing else lies among the tables: readers of whole folders would count it in.
SELECT TableName, File, Problem
FROM load_problems
WHERE Kind = 'stray'
