/**
 * Lines of the journal: a checksum of eight hexadecimal digits, a space, JSON.
 *
 * A crash or a full disk leaves an incomplete last line, which is cut off. A bad line before good
 * ones is damage, and the journal is not used.
 */
import { crc32 } from 'node:zlib';

const CHECKSUM_DIGITS = 8;

/** Returns a value as a line. */
export function journalLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

export interface JournalLines {
  readonly values: readonly unknown[];
  /** Bytes of whole lines from the start. */
  readonly wholeBytes: number;
  /** Number of the first bad line that is followed by a good one, counted from 1. */
  readonly damagedLine: number | undefined;
}

/** Reads all lines up to the first bad one. */
export function readJournalLines(bytes: Buffer): JournalLines {
  const values: unknown[] = [];
  let wholeBytes = 0;
  let line = 0;
  let firstBad: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    line++;
    const end = bytes.indexOf(0x0a, at);
    const value = end === -1 ? undefined : journalValue(bytes.toString('utf8', at, end));
    if (value === undefined) firstBad ??= line;
    else if (firstBad !== undefined) return { values, wholeBytes, damagedLine: firstBad };
    else {
      values.push(value);
      wholeBytes = end + 1;
    }
    if (end === -1) break;
    at = end + 1;
  }
  return { values, wholeBytes, damagedLine: undefined };
}

/** Returns the value of a line (without line end); undefined if the line is incomplete. */
export function journalValue(line: string): unknown {
  const json = line.slice(CHECKSUM_DIGITS + 1);
  if (line[CHECKSUM_DIGITS] !== ' ' || line.slice(0, CHECKSUM_DIGITS) !== checksum(json)) {
    return undefined;
  }
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(CHECKSUM_DIGITS, '0');
}
