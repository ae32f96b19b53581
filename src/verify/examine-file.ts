/** Whether a file fulfils the catalogue, and is what was committed. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Column } from '../domain/columns.ts';
import { reasonOf } from '../domain/errors.ts';
import { formatOfFile } from '../domain/formats.ts';
import { codecOf } from '../tables/compression.ts';
import { schemaFault } from '../tables/parquet/read-table.ts';
import type { Digest } from './committed.ts';
import { beginningOf } from './compressed.ts';
import { crc32Of, lineWithReturn } from './file-bytes.ts';
import type { FileProblem } from './file-problem.ts';

interface Examined {
  readonly faults: readonly FileProblem[];
  /** Whether it is not known to be, byte for byte, what was committed; undefined if it can't be read. */
  readonly changed?: boolean;
}

/** Returns what is wrong with a file. @param expected what was committed; undefined if nothing tells of it */
export async function examineFile(
  file: string,
  columns: readonly Column[],
  expected: Digest | undefined,
): Promise<Examined> {
  const difference = expected && differenceFrom(expected, file);
  // What was written was whole.
  if (expected !== undefined && difference === undefined) return { faults: [], changed: false };
  const content = await examineContent(file, columns);
  if (difference === undefined) return content;
  const digest = { file, kind: 'digest', problem: difference } as const;
  return { ...content, faults: [digest, ...content.faults] };
}

async function examineContent(file: string, columns: readonly Column[]): Promise<Examined> {
  const problem = await problemOf(file, columns);
  if (problem !== undefined) return { faults: [{ file, problem }] };
  const hasLines = formatOfFile(file) === 'csv' && codecOf(file) === undefined;
  const line = hasLines ? lineWithReturn(file) : undefined;
  if (line !== undefined) {
    const fault = `line ${line} ends with CR LF, expected LF; the file is left out`;
    return { faults: [{ file, kind: 'row', problem: fault }] };
  }
  return { faults: [], changed: true };
}

/** How a file differs from what was committed; undefined if it does not. */
function differenceFrom({ bytes, crc32 }: Digest, file: string): string | undefined {
  const found = statSync(file).size;
  if (found !== bytes) return `has ${found} bytes, and ${bytes} were committed`;
  if (crc32 === undefined || crc32Of(file) === crc32) return undefined;
  return 'has another content than was committed';
}

async function problemOf(file: string, columns: readonly Column[]): Promise<string | undefined> {
  let header: string;
  try {
    if (formatOfFile(file) === 'parquet') {
      const fault = schemaFault(file, columns);
      return fault === undefined ? undefined : `a column is ${fault}`;
    }
    header = await firstLine(file);
  } catch (error) {
    return `damaged: ${reasonOf(error)}`;
  }
  const expected = columns.map(({ name }) => name).join(',');
  if (header === expected) return undefined;
  return `header is ${JSON.stringify(header)}, expected ${JSON.stringify(expected)}`;
}

/** A header is ASCII and shorter than this number of bytes. */
const HEADER_BYTES = 4096;

async function firstLine(file: string): Promise<string> {
  const codec = codecOf(file);
  const bytes =
    codec === undefined ? firstBytes(file) : await beginningOf(file, codec, HEADER_BYTES);
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function firstBytes(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
