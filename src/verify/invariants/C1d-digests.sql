-- C1d. Every file is, byte for byte, what was committed.
-- nothing to check without digests in a manifest: committed_files
SELECT TableName, File, Problem
FROM load_problems
WHERE Kind = 'digest'
