/**
 * delta/<table>: the tables of a world as Delta tables, in the folder of a world that was begun with `--format delta`.
 *
 * They follow from the manifest and the files that it names, after the commit that made these valid: a run that is
 * killed before or within leaves tables that are behind, and the next one goes on with them. The log of each table says
 * how far it is (`txn`), so that nothing is written twice.
 *
 * A fact table has a commit for its opening, each UTC day that is over, and each instant within a day at which a run
 * ended: how the steps of runs fall depends on the machine, the log must not. Every one has all of them, so that the
 * same version of every table is the same instant. Tables that are replaced have a commit when they change.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { FactName } from '../domain/facts.ts';
import { entryName, tableOfEntry } from '../domain/formats.ts';
import { DAY_MS } from '../engine/time.ts';
import { dtOf, type FileDigest, partFile } from '../sinks/csv/part-files.ts';
import { type DataFile, dataFile } from '../tables/delta/data-files.ts';
import { DeltaTable } from '../tables/delta/delta-table.ts';
import { deltaOf, type WorldTable, worldTables } from '../tables/world-tables.ts';
import type { Manifest } from './manifest.ts';
import { readPartList } from './part-list.ts';
import type { WorldPaths } from './paths.ts';
import type { StepHook } from './step-hook.ts';
import { worldIdOf } from './world-id.ts';
import { partName } from './world-files.ts';

/** Whether a world has Delta tables. */
export function hasDelta({ formats }: Pick<Manifest, 'formats'>): boolean {
  return formats?.includes('delta') === true;
}

/** Brings the Delta tables of a whole world to its commit, if it has them. Throws OutputError, and InputError for logs that can't be continued. */
export function keepDeltaTables(paths: WorldPaths, manifest: Manifest, onStep: StepHook): void {
  if (!hasDelta(manifest)) return;
  onStep('bring Delta tables to the commit');
  const tables = [
    ...masters(paths, manifest, onStep),
    ...facts(paths, manifest, onStep),
    ...closing(paths, manifest, onStep),
  ];
  for (const table of tables) table.sync();
}

const everyFile = () => true;

function tablesOf(kind: WorldTable['kind']): readonly WorldTable[] {
  return worldTables().filter((table) => table.kind === kind);
}

function open(paths: WorldPaths, manifest: Manifest, table: WorldTable): DeltaTable {
  const { name, about, columns } = table;
  const world = worldIdOf(manifest);
  const folder = path.join(paths.root, deltaOf(table));
  const id = guidOf(`${world} ${name}`);
  return new DeltaTable(folder, { name, about, columns, id, appId: `synthetic-retail/${world}` });
}

/** Without those that another shard writes. */
function masters(paths: WorldPaths, manifest: Manifest, onStep: StepHook): DeltaTable[] {
  const { startMs, committedMs, masters: held = {} } = manifest;
  return tablesOf('master').flatMap((master) => {
    const entry = entryName(master.name, 'parquet');
    const digest = held[entry];
    if (digest === undefined) return [];
    onStep(`delta ${master.name}`);
    const table = open(paths, manifest, master);
    const atMs = table.reachedMs === undefined ? startMs : committedMs;
    const files = [dataFile(path.join(paths.master, entry), master.name, digest)];
    table.commitChange({ atMs, reachesMs: atMs, files, replaces: everyFile });
    return table;
  });
}

/** None before the first commit of the history. */
function closing(paths: WorldPaths, manifest: Manifest, onStep: StepHook): DeltaTable[] {
  const { committedMs, regions } = manifest;
  if (regions.length === 0) return [];
  return tablesOf('closing').map((stock) => {
    const { name } = stock;
    onStep(`delta ${name}`);
    const files = regions.flatMap(({ id, closing: held = {} }) => {
      const digest = held[entryName(name, 'parquet')];
      const source = path.join(paths.closing, name, partName(id, 'parquet'));
      return digest === undefined ? [] : [dataFile(source, `part-${id}`, digest)];
    });
    const table = open(paths, manifest, stock);
    const at = { atMs: committedMs, reachesMs: committedMs };
    table.commitChange({ ...at, files, replaces: everyFile });
    return table;
  });
}

/** A day at a time in all tables, so that they are never further apart than one version. */
function facts(paths: WorldPaths, manifest: Manifest, onStep: StepHook): DeltaTable[] {
  const { startMs, committedMs } = manifest;
  const tables = tablesOf('fact').map((fact) => ({
    name: fact.name,
    table: open(paths, manifest, fact),
  }));
  for (const { table } of tables) {
    if (table.reachedMs === undefined) {
      const at = { atMs: startMs, reachesMs: startMs };
      table.commit({ ...at, files: [], replaces: () => false });
    }
    requireContinuable(table, committedMs);
  }
  const reachedMs = Math.min(...tables.map(({ table }) => table.reachedMs!));
  if (reachedMs >= committedMs) return tables.map(({ table }) => table);
  const days = factFiles(paths, manifest);
  for (const instantMs of instantsBetween(reachedMs, committedMs)) {
    onStep(`delta facts before ${new Date(instantMs).toISOString()}`);
    const dt = dtOf(instantMs - 1);
    const at = { atMs: instantMs, reachesMs: instantMs };
    for (const { name, table } of tables) {
      if (table.reachedMs! >= instantMs) continue;
      const files = days.get(dt)?.get(name) ?? [];
      table.commit({ ...at, files, replaces: (file) => file.startsWith(`${dt}-part-`) });
    }
  }
  return tables.map(({ table }) => table);
}

function requireContinuable(table: DeltaTable, committedMs: number): void {
  const reachedMs = table.reachedMs!;
  if (reachedMs > committedMs) {
    const [there, here] = [reachedMs, committedMs].map((atMs) => new Date(atMs).toISOString());
    throw table.unfit(`it reaches ${there}, and the world only ${here}`);
  }
  // The run is refused here, before it simulates what it could not commit to the table.
  if (reachedMs % DAY_MS !== 0 && table.hasForeignFiles) {
    throw table.unfit(
      'another program has put its files together while their last day was not over, and that day goes on',
    );
  }
}

/** The ends of the days after an instant, up to another, and this one. */
function instantsBetween(fromMs: number, toMs: number): number[] {
  const instants: number[] = [];
  for (let atMs = (Math.floor(fromMs / DAY_MS) + 1) * DAY_MS; atMs < toMs; atMs += DAY_MS) {
    instants.push(atMs);
  }
  return [...instants, toMs];
}

/** The parts of facts by day and table, each by region. */
function factFiles(paths: WorldPaths, manifest: Manifest): Map<string, Map<string, DataFile[]>> {
  const days = new Map<string, Map<string, DataFile[]>>();
  const put = (dt: string, table: string, region: number, digest: FileDigest) => {
    const source = partFile(paths.facts, table as FactName, dt, region, 'parquet');
    const tables = days.get(dt) ?? new Map<string, DataFile[]>();
    const files = tables.get(table) ?? [];
    files.push(dataFile(source, `${dt}-part-${region}`, digest));
    days.set(dt, tables.set(table, files));
  };
  for (const region of manifest.regions) {
    for (const { dt, parts } of readPartList(paths.checkpoint, region) ?? []) {
      for (const [entry, digest] of Object.entries(parts)) {
        const { table, format } = tableOfEntry(entry);
        if (format === 'parquet') put(dt, table, region.id, digest);
      }
    }
    for (const { table, dt, bytes, crc32, format } of region.openParts) {
      if (format === 'parquet') put(dt, table, region.id, { bytes, crc32: crc32! });
    }
  }
  return days;
}

/** Returns a GUID that follows from a text. */
function guidOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex');
  // Version 8: made in a way of one's own.
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`];
  return [...parts, `a${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}
