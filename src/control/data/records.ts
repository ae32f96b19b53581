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

/** A column of a file: its position, and how many there are. */
export interface Place {
  readonly column: number;
  readonly columns: number;
}

/** Shows every whole record. @returns where the rest begins that is not whole */
export function visitRecords(bytes: Buffer, place: Place, visitor: RecordVisitor): number {
  if (bytes.includes(QUOTE)) return visitQuoted(bytes, place, visitor);
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end > 0) visitPlain(bytes, end, place, visitor);
  return end;
}

function visitPlain(bytes: Buffer, end: number, place: Place, visitor: RecordVisitor): void {
  const { column, columns } = place;
  const isNearerToEnd = liesInSecondHalf(bytes, column);
  for (let from = 0; from < end; ) {
    const to = bytes.indexOf(NEWLINE, from);
    let fieldFrom: number;
    let fieldTo: number;
    if (isNearerToEnd) {
      fieldTo = to;
      for (let left = columns - 1 - column; left > 0 && fieldTo > from; ) {
        if (bytes[--fieldTo] === COMMA) left--;
      }
      fieldFrom = fieldTo;
      while (fieldFrom > from && bytes[fieldFrom - 1] !== COMMA) fieldFrom--;
    } else {
      fieldFrom = from;
      for (let left = column; left > 0 && fieldFrom < to; ) {
        if (bytes[fieldFrom++] === COMMA) left--;
      }
      fieldTo = fieldFrom;
      while (fieldTo < to && bytes[fieldTo] !== COMMA) fieldTo++;
    }
    visitor.record(bytes, from, to, fieldFrom, fieldTo);
    from = to + 1;
  }
}

/** Whether the first record's field is sooner found from the record's end. */
function liesInSecondHalf(bytes: Buffer, column: number): boolean {
  const to = bytes.indexOf(NEWLINE);
  let at = 0;
  for (let left = column; left > 0 && at < to; ) if (bytes[at++] === COMMA) left--;
  return at > to / 2;
}

function visitQuoted(bytes: Buffer, { column }: Place, visitor: RecordVisitor): number {
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
