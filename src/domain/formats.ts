/**
 * The formats of a world's tables: those of its files, and Delta, which is Parquet with a log of what belongs to a table. To
 * add one of files, add its name and ending here, and its sink to src/sinks/formats.ts; flags, config, API and the files
 * that count as a world's own derive from the list.
 */
import { InputError, nearest } from './errors.ts';

/** Extension of a table's file, by format; the first format is the default. */
export const FORMAT_ENDINGS = { csv: '.csv', parquet: '.parquet' } as const;

/** What is in a file. */
export type FileFormat = keyof typeof FORMAT_ENDINGS;

export const FILE_FORMATS = Object.keys(FORMAT_ENDINGS) as readonly FileFormat[];

/** What a world can be asked for. */
export const FORMATS = ['csv', 'parquet', 'delta'] as const;

export type Format = (typeof FORMATS)[number];

/** The formats of a world that says nothing of them. */
export const DEFAULT_FORMATS: readonly FileFormat[] = ['csv'];

/** What is expected where formats are named, as an end to "expected …". */
export const FORMATS_EXPECTED = `one or more of ${FORMATS.join(', ')}, separated by commas`;

/**
 * Returns the formats that a text such as `csv,parquet` names, each once, in the order of the list.
 * @param place what has the text, for the message
 * @throws InputError
 */
export function parseFormats(text: string, place: string): readonly Format[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(FORMATS as readonly string[]).includes(name));
  if (unknown === undefined) return distinct(names as Format[]);
  const near = nearest(unknown, FORMATS);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new InputError(`${place} is "${text}": expected ${FORMATS_EXPECTED}${hint}`);
}

/** Returns formats once each, in the order of the list; Delta is Parquet already. */
export function distinct(formats: readonly Format[]): readonly Format[] {
  return FORMATS.filter(
    (format) => formats.includes(format) && !(format === 'parquet' && formats.includes('delta')),
  );
}

/** Returns what the files of a world of some formats are. */
export function fileFormats(formats: readonly Format[]): readonly FileFormat[] {
  const ofFiles = formats.map((format) => (format === 'delta' ? 'parquet' : format));
  return FILE_FORMATS.filter((format) => ofFiles.includes(format));
}

/** Whether a text names formats. */
export function areFormats(text: string): boolean {
  return text.split(',').every((name) => (FORMATS as readonly string[]).includes(name.trim()));
}

/** Returns the format of a file of a table, by its name; CSV also if it is compressed. */
export function formatOfFile(file: string): FileFormat {
  return FILE_FORMATS.find((format) => file.endsWith(FORMAT_ENDINGS[format])) ?? 'csv';
}

/** What a manifest calls a table in a format: `stores`, or `stores.parquet`. */
export function entryName(table: string, format: FileFormat): string {
  return format === 'csv' ? table : table + FORMAT_ENDINGS[format];
}

/** The table and the format that an entry of a manifest names. */
export function tableOfEntry(entry: string): {
  readonly table: string;
  readonly format: FileFormat;
} {
  const format = FILE_FORMATS.find((each) => entry.endsWith(FORMAT_ENDINGS[each])) ?? 'csv';
  const table = format === 'csv' ? entry : entry.slice(0, -FORMAT_ENDINGS[format].length);
  return { table, format };
}

/** Returns the name of the file of an entry: `stores.csv`, `stores.parquet`. */
export function fileOfEntry(entry: string): string {
  const { table, format } = tableOfEntry(entry);
  return table + FORMAT_ENDINGS[format];
}
