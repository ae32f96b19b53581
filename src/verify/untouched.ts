/** Compares regions of two worlds: whether they have the same facts, byte for byte. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Comparison {
  readonly files: number;
  /** Files that differ or exist in only one of the worlds, relative to the folder of the facts. */
  readonly different: readonly string[];
}

const PART = /part-(\d+)\.(?:csv(?:\.gz|\.zst)?|parquet)$/;

/** Compares the parts of some regions in two folders of facts. */
export function compareFacts(
  oneFolder: string,
  otherFolder: string,
  regions: ReadonlySet<number>,
): Comparison {
  const names = new Set([...partsOf(oneFolder, regions), ...partsOf(otherFolder, regions)]);
  const different = [...names].sort().filter((name) => {
    const one = path.join(oneFolder, name);
    const other = path.join(otherFolder, name);
    return !existsSync(one) || !existsSync(other) || !readFileSync(one).equals(readFileSync(other));
  });
  return { files: names.size, different };
}

function partsOf(folder: string, regions: ReadonlySet<number>): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const match = PART.exec(name);
    return match !== null && regions.has(Number(match[1]));
  });
}
