/** Which rows a database still needs: decided from what it has noted of each file, without reading any. */
import type { ExportedPart, ExportedTable } from './world.ts';

/** What a database has noted of a part. */
export interface LoadedPart {
  readonly rows: number;
  /** Digest of the file when its rows were read. */
  readonly digest: string;
}

/** A part of which rows are missing. */
interface StepPart {
  readonly part: ExportedPart;
  /** Rows at its beginning that are there already. */
  readonly skip: number;
}

/** Rows that are written together, in one transaction. */
export interface LoadStep {
  readonly table: ExportedTable;
  readonly parts: readonly StepPart[];
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
  const changed = table.parts.filter(({ name, digest }) => loaded.get(name)?.digest !== digest);
  if (changed.length === 0) return [];
  if (table.kind === 'closing') {
    return [{ table, parts: table.parts.map((part) => ({ part, skip: 0 })), replaces: true }];
  }
  const steps: StepPart[][] = [];
  let bytes = 0;
  for (const part of changed) {
    const last = steps.at(-1);
    const isFull = last?.length === STEP_PARTS || bytes + part.bytes > STEP_BYTES[table.format];
    const added = { part, skip: loaded.get(part.name)?.rows ?? 0 };
    if (last === undefined || isFull) {
      steps.push([added]);
      bytes = part.bytes;
    } else {
      last.push(added);
      bytes += part.bytes;
    }
  }
  return steps.map((parts) => ({ table, parts, replaces: false }));
}
