/**
 * The statistics of a file in the log, by which engines skip it: the number of rows, and of each column the nulls, the
 * smallest and the largest value. They are read from the footer of the Parquet file, so that they follow from it alone.
 */
import type { FileMetaData, RowGroup } from 'hyparquet';
import type { Column } from '../../domain/columns.ts';
import { readFooter } from '../parquet/read-table.ts';

type Value = number | string | Date;

/** Text of JSON; `rows` are among it. */
export interface FileStats {
  readonly rows: number;
  readonly text: string;
}

/** Returns the statistics of a Parquet file of this program. Throws for one that is cut or damaged. */
export function fileStats(file: string, columns: readonly Column[]): FileStats {
  return statsOf(readFooter(file), columns);
}

function statsOf({ num_rows, row_groups }: FileMetaData, columns: readonly Column[]): FileStats {
  const minValues: string[] = [];
  const maxValues: string[] = [];
  const nullCount: string[] = [];
  for (const [index, column] of columns.entries()) {
    const name = JSON.stringify(column.name);
    nullCount.push(`${name}:${nullsOf(row_groups, index)}`);
    const span = spanOf(row_groups, index, column);
    if (span === undefined) continue;
    minValues.push(`${name}:${jsonOf(span[0], column)}`);
    maxValues.push(`${name}:${jsonOf(span[1], column)}`);
  }
  const rows = Number(num_rows);
  const text =
    `{"numRecords":${rows},"minValues":{${minValues.join()}},"maxValues":{${maxValues.join()}},` +
    `"nullCount":{${nullCount.join()}}}`;
  return { rows, text };
}

function statisticsOf({ columns }: RowGroup, index: number) {
  return columns[index].meta_data?.statistics;
}

function nullsOf(groups: readonly RowGroup[], index: number): number {
  return groups.reduce(
    (sum, group) => sum + Number(statisticsOf(group, index)?.null_count ?? 0),
    0,
  );
}

/** Undefined without values, where a group says nothing of them, and for truth, which no engine skips by. */
function spanOf(
  groups: readonly RowGroup[],
  index: number,
  { type }: Column,
): readonly [Value, Value] | undefined {
  if (type === 'bool') return undefined;
  let span: [Value, Value] | undefined;
  for (const group of groups) {
    const { min_value: min, max_value: max, null_count } = statisticsOf(group, index) ?? {};
    if (null_count !== undefined && Number(null_count) === Number(group.num_rows)) continue;
    if (min === undefined || max === undefined) return undefined;
    const [least, most] = [min as Value, max as Value];
    if (span === undefined) span = [least, most];
    else {
      if (isBefore(least, span[0])) span[0] = least;
      if (isBefore(span[1], most)) span[1] = most;
    }
  }
  return span;
}

/** Texts in the order of their bytes, as engines compare them. */
function isBefore(one: Value, other: Value): boolean {
  return typeof one === 'string'
    ? Buffer.compare(Buffer.from(one), Buffer.from(other as string)) < 0
    : one < other;
}

function jsonOf(value: Value, { type, scale = 2 }: Column): string {
  if (value instanceof Date) {
    const text = value.toISOString();
    return JSON.stringify(type === 'date' ? text.slice(0, 10) : text);
  }
  // The reader multiplies what is stored by a power of ten, which is not exact.
  if (type === 'money' || type === 'real') return Number(Number(value).toFixed(scale)).toString();
  return JSON.stringify(value);
}
