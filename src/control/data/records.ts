/**
 * Records of CSV in bytes, and where a field of each lies. A newline in quotes ends no record; bytes
 * without any quote, which is nearly all there are, take a shorter way.
 */

export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
const COMMA = 0x2c;

export interface RecordVisitor {
  /** A record without its line end, and its field as it stands, quotes included; empty if it has none. */
  record(bytes: Buffer, from: number, to: number, fieldFrom: number, fieldTo: number): void;
}

/** Where the record from `from` on ends, its line end not included; -1 if that lies further on. */
export function endOfRecord(bytes: Buffer, from: number): number {
  let isQuoted = false;
  for (let at = from; ; ) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) return -1;
    for (; at < end; at++) if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    if (!isQuoted) return end;
    at = end + 1;
  }
}

/** Shows every whole record. @returns where the rest begins that is not whole */
export function visitRecords(bytes: Buffer, column: number, visitor: RecordVisitor): number {
  return bytes.includes(QUOTE)
    ? visitQuoted(bytes, column, visitor)
    : visitPlain(bytes, column, visitor);
}

function visitPlain(bytes: Buffer, column: number, visitor: RecordVisitor): number {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  for (let at = 0; at < end; at++) {
    const from = at;
    for (let field = 0; field < column; at++) {
      const byte = bytes[at];
      if (byte === COMMA) field++;
      else if (byte === NEWLINE) break;
    }
    const fieldFrom = at;
    let byte = bytes[at];
    while (byte !== COMMA && byte !== NEWLINE) byte = bytes[++at];
    const fieldTo = at;
    while (bytes[at] !== NEWLINE) at++;
    visitor.record(bytes, from, at, fieldFrom, fieldTo);
  }
  return end;
}

function visitQuoted(bytes: Buffer, column: number, visitor: RecordVisitor): number {
  for (let from = 0; ; ) {
    const to = endOfRecord(bytes, from);
    if (to < 0) return from;
    let fieldFrom = from;
    let field = 0;
    for (; field < column && fieldFrom < to; field++) {
      fieldFrom = Math.min(to, endOfField(bytes, fieldFrom, to) + 1);
    }
    visitor.record(bytes, from, to, fieldFrom, endOfField(bytes, fieldFrom, to));
    from = to + 1;
  }
}

function endOfField(bytes: Buffer, from: number, end: number): number {
  let isQuoted = false;
  for (let at = from; at < end; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    else if (bytes[at] === COMMA && !isQuoted) return at;
  }
  return end;
}

/** Whole records as texts, without their line ends. */
export function recordsIn(bytes: Buffer): string[] {
  const records: string[] = [];
  for (let from = 0; ; ) {
    const end = endOfRecord(bytes, from);
    if (end < 0) return records;
    records.push(bytes.toString('utf8', from, end));
    from = end + 1;
  }
}
