/** The closing tables: stock and goods on the road at a commit, so that files alone can be audited. */
import path from 'node:path';
import { CLOSING } from '../domain/dimensions.ts';
import { header } from '../tables/encoder.ts';
import { quoted, toText } from '../tables/text.ts';
import type { StagedTable } from './commit.ts';
import type { WorldPaths } from './paths.ts';
import type { ClosingName, RegionRun } from './region-run.ts';
import { partName } from './world-files.ts';

/** Every closing table of every region. */
export function* closingTables(
  paths: WorldPaths,
  regions: readonly { readonly id: number; readonly run: RegionRun }[],
): Generator<StagedTable> {
  for (const { id, run } of regions) {
    const records = run.closing();
    for (const name of Object.keys(CLOSING) as ClosingName[]) {
      const file = path.join(paths.closing, name, partName(id));
      yield { file, text: tableText(name, records[name]) };
    }
  }
}

function tableText(name: ClosingName, records: Iterable<object>): string {
  const columns = CLOSING[name];
  const rows = [header(columns)];
  for (const record of records as Iterable<Record<string, number>>) {
    rows.push(`${columns.map((column) => quoted(toText(column, record[column.field]))).join(',')}\n`);
  }
  return rows.join('');
}
