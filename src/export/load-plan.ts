/** Which rows a database still needs: decided from what it has noted of each file, without reading any. */
import type { ExportedPart, ExportedTable } from './world.ts';

/** What a database has noted of a part. */
export interface LoadedPart {
  readonly rows: number;
  /** Digest of the file when its rows were read; empty if nothing told of it. */
  readonly digest: string;
}

/** Rows that are written together, in one transaction. */
export interface LoadStep {
  readonly table: ExportedTable;
  readonly parts: readonly ExportedPart[];
  /** Rows at the beginning that are there already; only a step of one part has some. */
  readonly skip: number;
  /** Whether the table is emptied before. */
  readonly replaces: boolean;
}

/** A step is small enough to be repeated without regret, and large enough that its commit costs little. */
const STEP_BYTES = { csv: 32 * 1024 * 1024, parquet: 6 * 1024 * 1024 } as const;
const STEP_PARTS = 500;

/**
 * Returns the steps for a table. Facts and masters only grow: of a part that was loaded, rows are added at its end.
 * Closing tables tell of another instant each time, so they are replaced as a whole.
 */
export function stepsOf(
  table: ExportedTable,
  loaded: ReadonlyMap<string, LoadedPart>,
): readonly LoadStep[] {
  const changed = table.parts.filter(({ name, digest }) => {
    const known = loaded.get(name);
    return known === undefined || digest === undefined || known.digest !== digest;
  });
  if (table.kind === 'closing') {
    if (changed.length === 0) return [];
    return [{ table, parts: table.parts, skip: 0, replaces: true }];
  }
  const steps: LoadStep[] = [];
  let parts: ExportedPart[] = [];
  let bytes = 0;
  const end = () => {
    if (parts.length > 0) steps.push({ table, parts, skip: 0, replaces: false });
    [parts, bytes] = [[], 0];
  };
  for (const part of changed) {
    const skip = loaded.get(part.name)?.rows ?? 0;
    if (skip > 0) {
      end();
      steps.push({ table, parts: [part], skip, replaces: false });
      continue;
    }
    const isFull =
      parts.length === STEP_PARTS || bytes + part.bytes > (STEP_BYTES[table.format] ?? 0);
    if (isFull) end();
    parts.push(part);
    bytes += part.bytes;
  }
  end();
  return steps;
}
