/**
 * A world small enough to crash a hundred times: regions that bring forth a few facts at irregular
 * instants, with the real sinks and checkpoints.
 */
import path from 'node:path';
import { factScratch } from '../../src/domain/facts.ts';
import { idBase } from '../../src/domain/ids.ts';
import { hashUnit } from '../../src/engine/substream.ts';
import type { WorldPaths } from '../../src/store/paths.ts';
import type { HistoryWorld, RegionRun } from '../../src/run/region-run.ts';
import { writeFileAtomic } from '../../src/tables/atomic-file.ts';
import { DIMENSION_NAMES } from '../../src/domain/dimensions.ts';
import { type FilePort, nodeFiles } from '../../src/sinks/csv/file-port.ts';
import { CsvRegionSink } from '../../src/sinks/csv/csv-region.ts';
import type { Codec } from '../../src/tables/compression.ts';
import { inlineCompressor } from '../sinks/inline-compressor.ts';

export interface FakeOptions {
  readonly paths: WorldPaths;
  readonly seed?: number;
  readonly startMs: number;
  readonly regions?: number;
  readonly compress?: Codec;
  /** Called before each fact; may throw. */
  readonly onFact?: (regionId: number, atMs: number) => void;
}

/** The crashes of these tests are those of a process: what the system took is safe, synced or not. */
const unsynced = {
  ...nodeFiles,
  fdatasyncSync: () => {},
  fsyncSync: () => {},
  fdatasync: (_descriptor: number, callback: (error: null) => void) =>
    void setImmediate(callback, null),
  fsync: (_descriptor: number, callback: (error: null) => void) =>
    void setImmediate(callback, null),
} as FilePort;

const PAUSE = 0x51;
const MEAN_PAUSE_MS = 90 * 60_000;
/** Which of a region's facts comes with its only return. */
const RETURN_AT = 9;

export function fakeWorld(options: FakeOptions): HistoryWorld {
  const { paths, seed = 1, startMs, regions = 2, compress, onFact = () => {} } = options;
  const compressor = compress && inlineCompressor(compress, unsynced);
  const growing = ['campaigns', 'promotion_calendar', 'customer_moves'];
  return {
    identity: {
      worldVersion: 1,
      seed,
      startMs,
      config: { 'volume.dcs': regions },
      dictionaries: '0'.repeat(64),
      scenarios: [],
      ...(compress === undefined ? {} : { compress }),
    },
    regionIds: Array.from({ length: regions }, (_, index) => index + 1),
    warnings: () => [],
    openRegion: (regionId, facts, saved) =>
      fakeRegion({ regionId, seed, startMs, onFact }, facts, saved),
    openSink: (region) =>
      new CsvRegionSink({ factsDir: paths.facts, region, fs: unsynced, compressor }),
    writeMasters() {
      for (const name of DIMENSION_NAMES) {
        if (growing.includes(name)) continue;
        writeFileAtomic(path.join(paths.master, `${name}.csv`), `ID\n${seed}\n${startMs}\n`);
      }
    },
    *calendarTables(committedMs) {
      for (const name of growing) {
        const text = new TextEncoder().encode(`Until\n${committedMs}\n`);
        yield { file: path.join(paths.master, `${name}.csv`), text };
      }
    },
  };
}

type Start = Required<Pick<FakeOptions, 'seed' | 'startMs' | 'onFact'>> & { regionId: number };

function fakeRegion(
  { regionId, seed, startMs, onFact }: Start,
  facts: Parameters<HistoryWorld['openRegion']>[1],
  saved?: Parameters<HistoryWorld['openRegion']>[2],
): RegionRun {
  const scratch = factScratch();
  const counts = (saved?.counts as Float64Array | undefined) ?? Float64Array.of(startMs, 0);
  const session = idBase('session', regionId);
  return {
    advance(toMs) {
      while (counts[0] < toMs) {
        const [atMs, sequence] = counts;
        onFact(regionId, atMs);
        Object.assign(scratch.store_ops, { traceId: session + sequence, eventMs: atMs });
        Object.assign(scratch.store_ops, { storeId: regionId, operation: sequence % 2 });
        facts.store_ops(scratch.store_ops);
        if (sequence % 3 === 0) {
          Object.assign(scratch.stockouts, { traceId: session + sequence, eventMs: atMs });
          Object.assign(scratch.stockouts, { storeId: regionId, dcId: -1, productId: 1 });
          facts.stockouts(scratch.stockouts);
        }
        // A table that stays empty for a while.
        if (sequence === RETURN_AT) {
          Object.assign(scratch.returns, { traceId: session + sequence, eventMs: atMs });
          facts.returns(scratch.returns);
        }
        counts[0] += 1 + Math.floor(hashUnit(seed, PAUSE, regionId, sequence) * 2 * MEAN_PAUSE_MS);
        counts[1]++;
      }
    },
    save: () => ({ counts: counts.slice() }),
    closing: () => ({
      store_stock: [
        {
          ...{ nodeId: regionId, productId: 1, onHand: counts[1], onOrder: 0 },
          ...{ shelf: 0, backroom: counts[1], recorded: counts[1] },
        },
      ],
      dc_stock: [],
      // On the road at times.
      in_transit:
        counts[1] % 3 === regionId - 1
          ? [{ truckId: regionId, shipmentId: session, productId: 1, quantity: counts[1] }]
          : [],
    }),
  };
}
