/** Checks in the masters of a world whether the targets of a disruption exist. */
import type { DimensionName } from '../../domain/dimensions.ts';
import { InputError } from '../../domain/errors.ts';
import type { RequestedTarget, RequestedTargetKind } from '../../domain/requested-disruption.ts';
import { formatInstant } from '../../engine/time.ts';
import { readManifest } from '../../store/manifest.ts';
import { masterFile, readMaster } from '../../store/read-master.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { kindsOf } from './request.ts';

const MASTERS: Readonly<Record<RequestedTargetKind, { table: DimensionName; what: string }>> = {
  dcs: { table: 'distribution_centers', what: 'distribution center' },
  stores: { table: 'stores', what: 'store' },
  trucks: { table: 'trucks', what: 'truck' },
  suppliers: { table: 'suppliers', what: 'supplier' },
  products: { table: 'products_master', what: 'product' },
};

/** Thrown for a target that does not exist in the world, or does not belong to the named centers. */
export class UnknownTarget extends InputError {
  readonly kind: RequestedTargetKind;

  constructor(kind: RequestedTargetKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Throws UnknownTarget naming the first number that does not exist, or does not belong to the named DCs. */
export function requireTargets(paths: WorldPaths, target: RequestedTarget): void {
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
        `Cannot create a disruption: ${what} ${number} belongs to distribution center ${home}, but the ` +
          `target names ${target.dcs.join(', ')}; leave out one of the two`,
      );
    }
  }
}

function rowsOf({ master, manifest }: WorldPaths, table: DimensionName): Record<string, string>[] {
  try {
    return readMaster(master, table);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const startMs = readManifest(manifest)?.startMs ?? 0;
    throw new InputError(
      `Cannot check the targets: "${masterFile(master, table)}" is missing. Write the masters first: ` +
        `sim run --mode history, from ${formatInstant(startMs)}`,
    );
  }
}
