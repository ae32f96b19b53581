/**
 * The bytes of a Parquet file, a row group at a time.
 *
 * hyparquet-writer makes headers, footer, differences, runs and Snappy; the columns it is given are built here, because
 * the catalogue knows more of them than a general writer can: which values are a choice, that ids are numbers with a
 * text, that consecutive rows share them. docs/decisions.md has the figures.
 */
import type { FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { Column } from '../../domain/columns.ts';
import type { Json, Sections } from '../../domain/plain-data.ts';
import { type ChunkRecord, copyChunk, writeChunk } from './column-chunk.ts';
import { type ColumnBuffers, returnBuffers, takeBuffers } from './column-buffers.ts';
import { CODEC } from './pages.ts';
import { parquetSchema } from './schema.ts';

/** Rows of a full row group: what engines skip or read as a whole. It must not change within a world. */
export const GROUP_ROWS = 2 ** 16;
/** Without the time or the version of this program: the same rows give the same bytes. */
const CREATED_BY = 'synthetic-retail version 1.0.0 (build 1)';
const MAGIC = 0x31524150;
/** What is written is passed on before any encoder writes again. */
const OUT = new ByteWriter(64 * 1024);

interface GroupRecord {
  readonly rows: number;
  readonly chunks: readonly ChunkRecord[];
}

/** The part of the state that is no typed array. */
interface SavedEncoder {
  readonly rows: number;
  readonly offset: number;
  readonly groups: readonly GroupRecord[];
}

export class ParquetEncoder {
  private readonly columns: readonly Column[];
  private readonly groupRows: number;
  /** Of the row group that is being filled; undefined while it has no rows. */
  private buffers: ColumnBuffers | undefined;
  /** Where the file continues, bytes. */
  private offset = 0;
  private groups: GroupRecord[] = [];

  /** @param groupRows fewer rows of a group, for tests */
  constructor(columns: readonly Column[], groupRows = GROUP_ROWS) {
    this.columns = columns;
    this.groupRows = groupRows;
  }

  /** Rows since the file began. */
  get rows(): number {
    return this.groups.reduce((sum, { rows }) => sum + rows, this.buffers?.rows ?? 0);
  }

  /** Whether a row group is complete: take it before the next record. */
  get isFull(): boolean {
    return this.buffers?.rows === this.groupRows;
  }

  put(record: never): void {
    this.buffers ??= takeBuffers(this.columns);
    this.buffers.put(record);
  }

  /** Begins another file. */
  begin(): void {
    this.release();
    this.groups = [];
    this.offset = 0;
  }

  /** Returns the bytes of the row group, which follow those taken before; valid until the next call of any encoder. */
  takeGroup(): Uint8Array {
    return this.written(() => this.writeGroup());
  }

  /**
   * Returns the rest of the file: the last row group and the footer; valid until the next call of any encoder. Only
   * `begin` and `restore` may follow.
   */
  finish(): Uint8Array {
    return this.written(() => {
      if (this.buffers !== undefined) this.writeGroup();
      if (OUT.offset === 0) OUT.appendUint32(MAGIC);
      writeMetadata(OUT, this.metadata());
      OUT.appendUint32(MAGIC);
    });
  }

  /** Returns the state before `finish`, so that another encoder can continue the file; names begin with `prefix`. */
  save(prefix: string): Sections {
    const { buffers, groups, offset } = this;
    const state: SavedEncoder = { rows: buffers?.rows ?? 0, offset, groups: [...groups] };
    return { [`${prefix}file`]: state as unknown as Json, ...buffers?.save(prefix) };
  }

  /** @returns the number of bytes that were taken before `save`: there the file continues */
  restore(sections: Sections, prefix: string): number {
    const { rows, offset, groups } = sections[`${prefix}file`] as unknown as SavedEncoder;
    this.begin();
    this.offset = offset;
    this.groups = [...groups];
    if (rows > 0) {
      this.buffers = takeBuffers(this.columns);
      this.buffers.restore(sections, prefix, rows);
    }
    return offset;
  }

  private written(write: () => void): Uint8Array {
    OUT.index = 0;
    OUT.offset = this.offset;
    write();
    this.offset = OUT.offset;
    return OUT.getBytes();
  }

  private writeGroup(): void {
    const { buffers, columns } = this;
    if (buffers === undefined) throw new Error('Cannot write a row group without rows');
    if (OUT.offset === 0) OUT.appendUint32(MAGIC);
    const chunks: ChunkRecord[] = [];
    for (let index = 0; index < columns.length; index++) {
      const twin = buffers.twinOf(index);
      chunks.push(
        twin === undefined ? writeChunk(OUT, buffers, index) : copyChunk(OUT, chunks[twin]),
      );
    }
    this.groups.push({ rows: buffers.rows, chunks });
    this.release();
  }

  private release(): void {
    if (this.buffers !== undefined) returnBuffers(this.buffers);
    this.buffers = undefined;
  }

  private metadata(): FileMetaData {
    const { columns, groups } = this;
    const schema = parquetSchema(columns);
    return {
      version: 2,
      created_by: CREATED_BY,
      schema,
      num_rows: BigInt(groups.reduce((sum, { rows }) => sum + rows, 0)),
      row_groups: groups.map((group) => rowGroup(group, schema.slice(1))),
    } as FileMetaData;
  }
}

function rowGroup({ rows, chunks }: GroupRecord, elements: readonly SchemaElement[]): RowGroup {
  const sum = (of: (chunk: ChunkRecord) => number) =>
    BigInt(chunks.reduce((total, chunk) => total + of(chunk), 0));
  return {
    columns: chunks.map((chunk, index) => columnChunk(chunk, elements[index], rows)),
    total_byte_size: sum(({ bytesBefore }) => bytesBefore),
    num_rows: BigInt(rows),
    total_compressed_size: sum(({ bytes }) => bytes),
  };
}

function columnChunk(chunk: ChunkRecord, element: SchemaElement, rows: number) {
  const { beginsAt, dictionaryAt, dataAt, bytes, bytesBefore, encoding, nulls } = chunk;
  const { name, type } = element;
  return {
    file_offset: BigInt(beginsAt),
    meta_data: {
      type: type!,
      encodings: dictionaryAt === undefined ? [encoding] : ['PLAIN' as const, encoding],
      path_in_schema: [name],
      codec: CODEC as 'SNAPPY',
      num_values: BigInt(rows),
      total_uncompressed_size: BigInt(bytesBefore),
      total_compressed_size: BigInt(bytes),
      data_page_offset: BigInt(dataAt),
      ...(dictionaryAt !== undefined && { dictionary_page_offset: BigInt(dictionaryAt) }),
      statistics: {
        null_count: BigInt(nulls),
        ...(chunk.min !== undefined && {
          min_value: statistic(chunk.min, element),
          max_value: statistic(chunk.max!, element),
        }),
      },
    },
  };
}

/** A number of a decimal would be multiplied; as a bigint it is what is stored. */
function statistic(value: number | string, { type }: SchemaElement) {
  if (typeof value === 'string') return value;
  if (type === 'BOOLEAN') return value !== 0;
  return type === 'INT64' ? BigInt(value) : value;
}
