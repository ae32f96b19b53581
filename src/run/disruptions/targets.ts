/** Whether the targets of a disruption exist in a world, as its masters tell. */
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { InputError } from '../../domain/errors.ts';
import type { LiveTarget, LiveTargetKind } from '../../domain/live-disruption.ts';
import { formatInstant } from '../../engine/time.ts';
import { readManifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { kindsOf } from './request.ts';

const MASTERS: Readonly<Record<LiveTargetKind, { table: string; what: string }>> = {
  dcs: { table: 'distribution_centers', what: 'distribution center' },
  stores: { table: 'stores', what: 'store' },
  trucks: { table: 'trucks', what: 'truck' },
  suppliers: { table: 'suppliers', what: 'supplier' },
  products: { table: 'products_master', what: 'product' },
};

/** A target that is not in the world, or not at the centers that are named. */
export class UnknownTarget extends InputError {
  readonly kind: LiveTargetKind;

  constructor(kind: LiveTargetKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** @throws UnknownTarget naming the first number that is not in the world, or not at the DCs that are named */
export function requireTargets(paths: WorldPaths, target: LiveTarget): void {
  for (const kind of kindsOf(target)) {
    const { table, what } = MASTERS[kind];
    const rows = rowsOf(paths, table);
    const homes = new Map(rows.map(({ ID, DCID }) => [Number(ID), Number(DCID ?? 0)]));
    for (const number of target[kind] ?? []) {
      const home = homes.get(number);
      if (home === undefined) {
        const ids = [...homes.keys()];
        throw new UnknownTarget(
          kind,
          `Cannot create a disruption: there is no ${what} ${number} in this world; it has ` +
            `${ids.length}, numbered from ${ids[0]} to ${ids.at(-1)}`,
        );
      }
      if (home === 0 || target.dcs === undefined || target.dcs.includes(home)) continue;
      throw new UnknownTarget(
        kind,
        `Cannot create a disruption: ${what} ${number} belongs to distribution center ${home}, and the ` +
          `target names ${target.dcs.join(', ')}; leave one of the two out`,
      );
    }
  }
}

function rowsOf({ master, manifest }: WorldPaths, table: string): Record<string, string>[] {
  const file = path.join(master, `${table}.csv`);
  try {
    return parse(fs.readFileSync(file), { columns: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const startMs = readManifest(manifest)?.startMs ?? 0;
    throw new InputError(
      `Cannot find out what there is in the world: "${file}" is missing. Write the masters first: ` +
        `sim run --mode history, from ${formatInstant(startMs)}`,
    );
  }
}
