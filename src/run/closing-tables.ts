/** The closing tables: stock and goods on trucks at a commit, so that the files can be audited by themselves. */
import path from 'node:path';
import { CLOSING } from '../domain/dimensions.ts';
import { ByteWriter } from '../tables/byte-writer.ts';
import { header, rowEncoder } from '../tables/encoder.ts';
import type { StagedTable } from '../store/commit.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { ClosingName, RegionRun } from './region-run.ts';
import { partName } from '../store/world-files.ts';

/** Yields every closing table of a region that has rows. */
export function* closingTables(
  paths: WorldPaths,
  { id, run }: { readonly id: number; readonly run: RegionRun },
): Generator<StagedTable & { readonly name: ClosingName }> {
  const records = run.closing();
  for (const name of Object.keys(CLOSING) as ClosingName[]) {
    const file = path.join(paths.closing, name, partName(id));
    const text = tableBytes(name, records[name]);
    if (text !== undefined) yield { name, file, text };
  }
}

function tableBytes(name: ClosingName, records: Iterable<object>): Uint8Array | undefined {
  const columns = CLOSING[name];
  const encode = rowEncoder<object>(columns);
  const writer = new ByteWriter();
  const head = header(columns);
  writer.reserve(head.length);
  writer.ascii(head);
  let isEmpty = true;
  for (const record of records) {
    encode(record, writer);
    isEmpty = false;
  }
  return isEmpty ? undefined : writer.bytes();
}
