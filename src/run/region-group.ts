/** The regions that one thread simulates, with their files. */
import path from 'node:path';
import type { FactName } from '../domain/facts.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import type { RegionView } from '../entities/live-view.ts';
import type { Sections } from '../domain/plain-data.ts';
import { digestOf } from '../sinks/csv/file-digest.ts';
import { openRowsOf } from '../sinks/parquet/parquet-region.ts';
import type { FileDigest } from '../sinks/csv/part-files.ts';
import { readCheckpoint, writeCheckpoint } from '../store/checkpoint-file.ts';
import { closingTables } from './closing-tables.ts';
import { stage } from '../store/commit.ts';
import type { StepHook } from '../store/step-hook.ts';
import { requireHeld } from '../store/lock.ts';
import { WORLD_VERSION } from '../store/manifest.ts';
import { beganPartList, type PartList, writePartList } from '../store/part-list.ts';
import type { WorldPaths } from '../store/paths.ts';
import type { HistoryWorld, RegionRun, RegionSink, SavedRegion } from './region-run.ts';
import type { RowCounts } from './row-counts.ts';
import type {
  CommittedRegion,
  HandedRegion,
  RegionOrigin,
  RegionWorker,
  Written,
} from './threads/region-worker.ts';
import { checkpointName } from '../store/world-files.ts';
import { DEFAULT_FORMATS, fileFormats } from '../domain/formats.ts';

interface OpenRegion {
  readonly id: number;
  readonly run: RegionRun;
  readonly sink: RegionSink;
  /** Present simulated time, epoch ms. */
  nowMs: number;
  /** Whether the files of the day of `nowMs` are open. */
  dayOpen: boolean;
  /** Parts of that day on disk while they are not open. */
  closedParts: Pick<HandedRegion, 'openParts' | 'changedFolders'> & {
    /** Rows that are in no file, or whose file goes on behind them. */
    readonly openRows: Sections;
  };
  /** Resolves when all closed days are on disk. */
  durable: Promise<unknown>;
  /** Total at the last call of `writtenSince`. */
  reported: Written;
  /** Rows of each table before this sink; undefined if unknown. */
  readonly rowsBefore: RowCounts | undefined;
  /** Digests of its closed days; undefined if unknown. */
  partList: PartList | undefined;
}

export class RegionGroup implements RegionWorker {
  private readonly paths: WorldPaths;
  private readonly world: HistoryWorld;
  private readonly onStep: StepHook;
  private readonly regions = new Map<number, OpenRegion>();
  /** Sinks of regions that another worker has taken over since the last commit. */
  private retiredSinks: RegionSink[] = [];

  constructor(paths: WorldPaths, world: HistoryWorld, onStep: StepHook = () => {}) {
    this.paths = paths;
    this.world = world;
    this.onStep = onStep;
  }

  async open(id: number, { atMs, committed, handed, folder }: RegionOrigin): Promise<void> {
    const sink = this.world.openSink(id);
    const sections = handed?.sections ?? this.saved(committed, folder);
    const openParts = (handed ?? committed)?.openParts ?? [];
    this.regions.set(id, {
      id,
      sink,
      run: this.world.openRegion(id, sink.facts, sections),
      nowMs: atMs,
      dayOpen: false,
      closedParts: {
        openParts,
        changedFolders: handed?.changedFolders ?? [],
        openRows: openRowsOf(sections ?? {}),
      },
      durable: Promise.resolve(),
      reported: { rows: 0, bytes: 0 },
      rowsBefore:
        handed === undefined && committed === undefined ? {} : (handed ?? committed)?.rows,
      partList: handed === undefined ? beganPartList(committed) : handed.partList,
    });
  }

  async advance(id: number, endMs: number): Promise<Written> {
    const region = this.region(id);
    const { sink } = region;
    this.onStep(`advance region ${id}`);
    if (!region.dayOpen) openDay(region);
    region.run.advance(endMs);
    region.nowMs = endMs;
    if (endMs % DAY_MS === 0) {
      // At most one day of a region waits for the disk, so a slow disk slows the run down.
      await region.durable;
      region.durable = sink.closeDay();
      region.dayOpen = false;
    }
    return writtenSince(region);
  }

  async look(id: number): Promise<RegionView | undefined> {
    return this.region(id).run.look?.();
  }

  async handOver(id: number): Promise<HandedRegion> {
    const region = this.region(id);
    const { sink, run, nowMs: atMs } = region;
    await region.durable;
    if (region.dayOpen) {
      const detached = sink.detach();
      region.closedParts = { ...detached, openRows: sink.save?.() ?? {} };
    }
    const { openParts, changedFolders, openRows } = region.closedParts;
    this.regions.delete(id);
    this.retiredSinks.push(sink);
    const written = writtenSince(region);
    const partList = partListOf(region);
    const sections = { ...run.save(), ...openRows };
    return { sections, atMs, openParts, changedFolders, written, ...rowsOf(region), partList };
  }

  async checkpoint(committedMs: number): Promise<CommittedRegion[]> {
    const regions = [...this.regions.values()].sort((a, b) => a.id - b.id);
    await Promise.all(regions.map(({ durable }) => durable));
    requireHeld(this.paths.lock);
    const closing = this.stageClosing(regions, committedMs);
    return regions.map((region): CommittedRegion => {
      const { id, run, sink } = region;
      this.onStep(`suspend region ${id}`);
      if (region.dayOpen) {
        const openParts = sink.suspend();
        region.closedParts = { openParts, changedFolders: [], openRows: sink.save?.() ?? {} };
      }
      region.dayOpen = false;
      const openParts = [...region.closedParts.openParts];
      const sections = { ...run.save(), ...region.closedParts.openRows };
      const file = checkpointName(id, committedMs);
      this.onStep(`write ${file}`);
      const header = { version: WORLD_VERSION, region: id, committed: formatInstant(committedMs) };
      const sha256 = writeCheckpoint(path.join(this.paths.checkpoint, file), header, sections);
      const list = writePartList(this.paths.checkpoint, id, partListOf(region));
      region.partList = list;
      const parts = list === undefined ? {} : { parts: { bytes: list.bytes, crc32: list.crc32 } };
      const tables = closing.get(id);
      const stock = tables === undefined ? {} : { closing: tables };
      return { id, file, sha256, openParts, ...parts, ...stock, ...rowsOf(region) };
    });
  }

  /** Writes the closing tables under temporary names; returns their digests for each region. */
  private stageClosing(
    regions: readonly OpenRegion[],
    committedMs: number,
  ): Map<number, Record<string, FileDigest>> {
    const closing = new Map<number, Record<string, FileDigest>>();
    if (this.world.keepsClosing === false) return closing;
    const { formats = DEFAULT_FORMATS } = this.world.identity;
    for (const region of regions) {
      const tables = [...closingTables(this.paths, region, fileFormats(formats))];
      stage(tables, committedMs, this.onStep);
      const held = tables.map(({ name, text }) => [name, digestOf(text)]);
      closing.set(region.id, Object.fromEntries(held));
    }
    return closing;
  }

  async committed(): Promise<void> {
    const sinks = [...this.retiredSinks, ...[...this.regions.values()].map(({ sink }) => sink)];
    this.retiredSinks = [];
    this.onStep('tidy up after the commit');
    for (const sink of sinks) sink.committed();
  }

  async abort(): Promise<void> {
    const regions = [...this.regions.values()];
    this.regions.clear();
    for (const { sink } of regions) sink.abort();
    await Promise.allSettled(regions.map(({ durable }) => durable));
  }

  async close(): Promise<void> {
    this.regions.clear();
    await this.world.closeSinks?.();
  }

  private region(id: number): OpenRegion {
    const region = this.regions.get(id);
    if (region === undefined)
      throw new Error(`Cannot simulate region ${id}: this worker does not have it`);
    return region;
  }

  private saved(
    committed: CommittedRegion | undefined,
    folder = this.paths.checkpoint,
  ): SavedRegion | undefined {
    if (committed === undefined) return undefined;
    const file = path.join(folder, committed.file);
    return readCheckpoint(file, committed.sha256).sections;
  }
}

/** Returns rows and bytes written since the last call. */
function writtenSince(region: OpenRegion): Written {
  const { rows, bytes } = region.sink;
  const last = region.reported;
  region.reported = { rows, bytes };
  return { rows: rows - last.rows, bytes: bytes - last.bytes };
}

/** Returns the rows of each table since the world began, if known. */
function rowsOf({ rowsBefore, sink }: OpenRegion): { rows?: RowCounts } {
  if (rowsBefore === undefined || sink.rowsByTable === undefined) return {};
  const rows = Object.entries(sink.rowsByTable()).map(([table, count]) => [
    table,
    count + (rowsBefore[table as FactName] ?? 0),
  ]);
  return { rows: Object.fromEntries(rows) };
}

/** Returns the digests of its closed days, including days closed since the last call. */
function partListOf({ partList, sink }: OpenRegion): PartList | undefined {
  const days = sink.takeClosedDays?.();
  if (partList === undefined || days === undefined) return undefined;
  return { ...partList, newDays: [...partList.newDays, ...days] };
}

function openDay(region: OpenRegion): void {
  const { openParts, changedFolders, openRows } = region.closedParts;
  const dayMs = startOfDay(region.nowMs);
  region.sink.openDay(dayMs, openParts, changedFolders, openRows);
  region.closedParts = { openParts: [], changedFolders: [], openRows: {} };
  region.dayOpen = true;
}

function startOfDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}
