/** A table in CSV beside the same one in Parquet: both must have the same rows. */
import path from 'node:path';
import { reasonOf } from '../domain/errors.ts';
import { identifier, quoted } from './column-types.ts';
import type { Database, Row } from './database.ts';
import type { FileProblem } from './file-problem.ts';
import type { TableFile, TableFiles } from './files.ts';
import { tableSource } from './table-source.ts';

/**
 * Returns what is wrong with the files of a table in Parquet beside CSV. Rows are compared only if nothing else is known
 * to be wrong with the table.
 */
export async function twinProblems(database: Database, table: TableFiles): Promise<FileProblem[]> {
  const { twins } = table;
  if (twins.length === 0) return [];
  const asParquet = { ...table, format: 'parquet', files: twins } as const;
  let parquet: Row;
  try {
    parquet = await contentOf(database, asParquet, twins);
  } catch {
    const { problems } = await withoutDamaged(database, asParquet);
    return problems.map((each) => ({ ...each, kind: 'twin' }));
  }
  const [{ known }] = await database.rows(
    `SELECT count(*) AS known FROM load_problems WHERE TableName = ${quoted(table.table)}`,
  );
  if (Number(known) > 0) return [];
  const problem = difference(await contentOf(database, table, table.files), parquet);
  if (problem === undefined) return [];
  return [{ file: path.dirname(twins[0].file), problem, kind: 'twin' }];
}

function difference(csv: Row, parquet: Row): string | undefined {
  if (csv.rows === parquet.rows && csv.content === parquet.content) return undefined;
  return csv.rows === parquet.rows
    ? `its Parquet files have other values than its CSV files in their ${csv.rows} rows`
    : `its Parquet files have ${parquet.rows} rows, its CSV files ${csv.rows}`;
}

/** What can be read of Parquet files. */
interface Readable {
  readonly files: readonly TableFile[];
  readonly problems: readonly FileProblem[];
}

/** Leaves out Parquet files that can't be read to their ends; each is a problem. */
export async function withoutDamaged(database: Database, table: TableFiles): Promise<Readable> {
  if ((await readFault(database, table, table.files)) === undefined) {
    return { files: table.files, problems: [] };
  }
  const files: TableFile[] = [];
  const problems: FileProblem[] = [];
  for (const file of table.files) {
    const fault = await readFault(database, table, [file]);
    if (fault === undefined) files.push(file);
    else problems.push({ file: file.file, problem: `damaged: ${fault}` });
  }
  return { files, problems };
}

/** Returns why some files can't be read; undefined if they can. */
async function readFault(
  database: Database,
  table: TableFiles,
  files: readonly TableFile[],
): Promise<string | undefined> {
  try {
    await contentOf(database, table, files);
    return undefined;
  } catch (error) {
    return reasonOf(error).split('\n')[0];
  }
}

/** Returns the number of rows, and a figure of all values of all rows, whatever their order. */
async function contentOf(
  database: Database,
  { columns, format }: TableFiles,
  files: readonly TableFile[],
): Promise<Row> {
  const row = columns.map(({ name }) => identifier(name)).join(', ');
  const source = tableSource(
    files.map(({ file }) => file),
    columns,
    format,
  );
  const [content] = await database.rows(
    `SELECT count(*) AS rows, sum(CAST(hash(${row}) AS HUGEINT)) AS content FROM ${source}`,
  );
  return content;
}
