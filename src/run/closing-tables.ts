/** The closing tables: stock and goods on trucks at a commit, so that the files can be audited by themselves. */
import path from 'node:path';
import { CLOSING } from '../domain/dimensions.ts';
import { entryName, type FileFormat } from '../domain/formats.ts';
import { tableBytes } from '../tables/table-bytes.ts';
import type { StagedTable } from '../store/commit.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { ClosingName, RegionRun } from './region-run.ts';
import { partName } from '../store/world-files.ts';

/** Yields every closing table of a region that has rows. */
export function* closingTables(
  paths: WorldPaths,
  { id, run }: { readonly id: number; readonly run: RegionRun },
  formats: readonly FileFormat[],
): Generator<StagedTable & { readonly name: string }> {
  for (const format of formats) {
    // Records can be read once.
    const records = run.closing();
    for (const table of Object.keys(CLOSING) as ClosingName[]) {
      const file = path.join(paths.closing, table, partName(id, format));
      const text = tableBytes(CLOSING[table], records[table], format);
      if (text !== undefined) yield { name: entryName(table, format), file, text };
    }
  }
}
