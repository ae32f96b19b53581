/** A small world in this process, simulated and encoded step by step; its files are never written. */
import { DAY_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { CsvRegionSink, type FilePort } from '../../src/sinks/csv/csv-region.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';

/** Stores as busy as those of the default world, few of them. */
const VOLUME = {
  stores: 8,
  dcs: 2,
  total_customers: 10_000,
  total_products: 2500,
  customers_per_day: 2000,
  online_orders_per_day: 480,
} as const;

/** Takes everything and keeps nothing: the disk has no part in what is measured. */
const NOWHERE: FilePort = {
  openSync: () => 0,
  writeSync: (_descriptor, _bytes, _from, size) => size,
  readSync: () => 0,
  ftruncateSync: () => {},
  fdatasync: (_descriptor, done) => done(null),
  fdatasyncSync: () => {},
  fsync: (_descriptor, done) => done(null),
  fsyncSync: () => {},
  closeSync: () => {},
  mkdirSync: () => undefined,
  readdirSync: () => [],
  renameSync: () => {},
  rmSync: () => {},
  statSync: () => undefined,
};

export class UnwrittenWorld {
  private readonly regions: readonly { simulation: RegionSimulation; sink: CsvRegionSink }[];
  private nowMs: number;

  constructor() {
    const config = configOf({ volume: VOLUME });
    this.nowMs = startOf(config);
    const dictionaries = loadDictionaries(config.paths.dictionaries);
    const world = buildWorld(config, dictionaries, this.nowMs);
    this.regions = world.regions.map((plan) => {
      const sink = new CsvRegionSink({ factsDir: 'nowhere', region: plan.id, fs: NOWHERE });
      const options = { world, plan, effects: NO_EFFECTS, facts: sink.facts };
      return { sink, simulation: new RegionSimulation(options) };
    });
  }

  /** Rows so far. */
  get rows(): number {
    return this.regions.reduce((sum, { sink }) => sum + sink.rows, 0);
  }

  /** Simulates all regions for so long, ms: a whole part of a day. */
  async advance(stepMs: number): Promise<void> {
    const endMs = this.nowMs + stepMs;
    for (const { simulation, sink } of this.regions) {
      if (this.nowMs % DAY_MS === 0) sink.openDay(this.nowMs);
      simulation.advance(endMs);
      if (endMs % DAY_MS === 0) await sink.closeDay();
    }
    this.nowMs = endMs;
  }
}
