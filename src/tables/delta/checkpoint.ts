/** A checkpoint of a Delta table: its state after a commit as a Parquet file, from which readers begin. */
import {
  type DecodedArray,
  parquetMetadata,
  parquetSchema,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getTreePath } from 'hyparquet/src/schema.js';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import type { Action } from './actions.ts';

type Shape = readonly SchemaElement[];

const text = (name: string): Shape => [
  { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
];
const long = (name: string): Shape => [{ name, type: 'INT64', repetition_type: 'OPTIONAL' }];
const int = (name: string): Shape => [{ name, type: 'INT32', repetition_type: 'OPTIONAL' }];
const bool = (name: string): Shape => [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }];
const struct = (name: string, ...fields: readonly Shape[]): Shape => [
  { name, repetition_type: 'OPTIONAL', num_children: fields.length },
  ...fields.flat(),
];
const list = (name: string): Shape => [
  { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ...text('element'),
];
const map = (name: string): Shape => [
  { name, repetition_type: 'OPTIONAL', converted_type: 'MAP', num_children: 1 },
  { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
  { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  ...text('value'),
];

/** The columns, one for each kind of action. */
const COLUMNS = {
  txn: struct('txn', text('appId'), long('version'), long('lastUpdated')),
  add: struct(
    'add',
    text('path'),
    map('partitionValues'),
    long('size'),
    long('modificationTime'),
    bool('dataChange'),
    text('stats'),
  ),
  remove: struct(
    'remove',
    text('path'),
    long('deletionTimestamp'),
    bool('dataChange'),
    bool('extendedFileMetadata'),
    map('partitionValues'),
    long('size'),
  ),
  metaData: struct(
    'metaData',
    text('id'),
    text('name'),
    text('description'),
    struct('format', text('provider'), map('options')),
    text('schemaString'),
    list('partitionColumns'),
    long('createdTime'),
    map('configuration'),
  ),
  protocol: struct('protocol', int('minReaderVersion'), int('minWriterVersion')),
} as const;

const CREATED_BY = 'synthetic-retail version 1.0.0 (build 1)';

/** Returns the file of a state. */
export function checkpointBytes(actions: readonly Action[]): Uint8Array {
  const kinds = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    schema: [{ name: 'root', num_children: kinds.length }, ...Object.values(COLUMNS).flat()],
    columnData: kinds.map((name) => ({
      name,
      data: actions.map((action) => action[name] && withLongs(name, action[name])),
    })),
    createdBy: CREATED_BY,
  });
  return new Uint8Array(writer.getBuffer());
}

/** A long number is a bigint to the writer. */
function withLongs(kind: keyof typeof COLUMNS, value: object): object {
  const longs = COLUMNS[kind].filter(({ type }) => type === 'INT64').map(({ name }) => name);
  const fields = Object.entries(value).map(([name, each]) => [
    name,
    longs.includes(name) && typeof each === 'number' ? BigInt(each) : each,
  ]);
  return Object.fromEntries(fields);
}

/** Returns the state in a checkpoint, of this program or another. Throws for a file that is cut or damaged. */
export function readCheckpoint(bytes: Uint8Array): Action[] {
  const { buffer, byteOffset } = bytes;
  const metadata = parquetMetadata(bytes);
  const tree = parquetSchema(metadata);
  const kinds = tree.children.filter(({ element }) => element.name in COLUMNS);
  return metadata.row_groups.flatMap(({ columns, num_rows }) => {
    const rows = Number(num_rows);
    const values = new Map<string, DecodedArray>();
    for (const { meta_data: chunk } of columns) {
      const pathInSchema = chunk!.path_in_schema;
      if (!(pathInSchema[0] in COLUMNS)) continue;
      const schemaPath = getTreePath(tree, pathInSchema);
      const start = Number(chunk!.dictionary_page_offset ?? chunk!.data_page_offset);
      const length = Number(chunk!.total_compressed_size);
      const { data } = readColumn(
        { view: new DataView(buffer, byteOffset + start, length), offset: 0 },
        { groupStart: 0, groupRows: rows, selectStart: 0, selectEnd: rows },
        {
          pathInSchema,
          element: schemaPath[schemaPath.length - 1].element,
          schemaPath,
          parsers: DEFAULT_PARSERS,
          ...chunk!,
        },
      );
      values.set(pathInSchema.join('.'), data.flatMap((page) => [...page]) as DecodedArray);
    }
    for (const kind of kinds) assembleNested(values, kind, DEFAULT_PARSERS);
    return Array.from({ length: rows }, (_, row) => actionOf(kinds, values, row));
  });
}

function actionOf(
  kinds: readonly SchemaTree[],
  values: ReadonlyMap<string, DecodedArray>,
  row: number,
): Action {
  for (const { element } of kinds) {
    const value = values.get(element.name)?.[row] as unknown;
    if (value !== undefined && value !== null) return { [element.name]: plain(value) };
  }
  return {};
}

/** Values as they are in JSON: numbers for long ones, and no field for a null. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(fields.map(([name, each]) => [name, plain(each)]));
}
