/** The closing tables: stock and goods on trucks at a commit, so that the files can be audited by themselves. */
import path from 'node:path';
import { CLOSING } from '../domain/dimensions.ts';
import { ByteWriter } from '../tables/byte-writer.ts';
import { header, rowEncoder } from '../tables/encoder.ts';
import type { StagedTable } from '../store/commit.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { ClosingName, RegionRun } from './region-run.ts';
import { partName } from '../store/world-files.ts';

/** Yields every closing table of a region. */
export function* closingTables(
  paths: WorldPaths,
  { id, run }: { readonly id: number; readonly run: RegionRun },
): Generator<StagedTable & { readonly name: ClosingName }> {
  const records = run.closing();
  for (const name of Object.keys(CLOSING) as ClosingName[]) {
    const file = path.join(paths.closing, name, partName(id));
    yield { name, file, text: tableBytes(name, records[name]) };
  }
}

function tableBytes(name: ClosingName, records: Iterable<object>): Uint8Array {
  const columns = CLOSING[name];
  const encode = rowEncoder<object>(columns);
  const writer = new ByteWriter();
  const head = header(columns);
  writer.reserve(head.length);
  writer.ascii(head);
  for (const record of records) encode(record, writer);
  return writer.bytes();
}
