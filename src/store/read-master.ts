/** Reads dimension tables from a world's folder, in whatever format they are there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { DIMENSIONS, type DimensionName } from '../domain/dimensions.ts';
import { FORMAT_ENDINGS, FILE_FORMATS } from '../domain/formats.ts';
import { readTable } from '../tables/parquet/read-table.ts';

/** Returns the file of a table: the first format that is there, or the name it has as CSV. */
export function masterFile(folder: string, table: string): string {
  const files = FILE_FORMATS.map((format) => path.join(folder, table + FORMAT_ENDINGS[format]));
  return files.find((file) => existsSync(file)) ?? files[0];
}

/** Returns the rows of a table, every value as text. Throws errors of the system for a missing file. */
export function readMaster(folder: string, table: DimensionName): Record<string, string>[] {
  const file = masterFile(folder, table);
  return file.endsWith(FORMAT_ENDINGS.csv)
    ? parse(readFileSync(file, 'utf8'), { columns: true })
    : readTable(file, DIMENSIONS[table]);
}
