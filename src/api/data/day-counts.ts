/** Rows of single days: the lines of their parts, counted once for each version of a part. */
import { stat } from 'node:fs/promises';
import { formatOfFile } from '../../domain/formats.ts';
import { rowsIn } from '../../tables/parquet/read-table.ts';
import { piecesOf } from './part-bytes.ts';
import { partsOf } from './parts.ts';

interface Counted {
  readonly mark: string;
  readonly rows: number;
}

const NEWLINE = 0x0a;
/** Maximum number of parts in the cache: more than a year of a world with twenty regions. */
const REMEMBERED = 10_000;

export class DayCounts {
  private readonly known = new Map<string, Counted>();

  /** Returns the present number of rows in the parts of a day. */
  async ofDay(facts: string, table: string, day: string): Promise<number> {
    let rows = 0;
    for (const { file } of partsOf(facts, table, day)) rows += await this.ofPart(file);
    return rows;
  }

  private async ofPart(file: string): Promise<number> {
    try {
      const { size, mtimeMs } = await stat(file);
      const mark = `${size}@${mtimeMs}`;
      const known = this.known.get(file);
      if (known?.mark === mark) return known.rows;
      const isParquet = formatOfFile(file) === 'parquet';
      const rows = isParquet ? rowsIn(file) : Math.max(0, (await linesOf(file)) - 1);
      if (this.known.size >= REMEMBERED) this.known.clear();
      this.known.set(file, { mark, rows });
      return rows;
    } catch (error) {
      // A run has moved the part meanwhile.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  }
}

/** Counts the lines of a file; no field of a fact contains a line break. */
async function linesOf(file: string): Promise<number> {
  let lines = 0;
  for await (const piece of piecesOf(file)) {
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines++;
  }
  return lines;
}
