/** Facts without files: a world simulated for a program that reads them one by one. */
import { setImmediate } from 'node:timers/promises';
import type { Column } from '../domain/columns.ts';
import { InputError, nearest } from '../domain/errors.ts';
import { FACT_NAMES, FACTS, type FactName, type FactSink } from '../domain/facts.ts';
import { MINUTE_MS } from '../engine/time.ts';
import { requireWindow } from '../run/check-world.ts';
import { RegionSimulation } from '../run/region-simulation.ts';
import { runWindow } from '../run/window.ts';
import { compileEffects } from '../scenario/effects.ts';
import { buildWorld } from '../world/build.ts';
import { startOf } from '../world/config.ts';
import { requireKnownYear } from '../world/limits.ts';
import { type WindowOptions, windowOf } from './instants.ts';
import { type FactRow, rowMaker } from './rows.ts';
import { readWorld, type WorldConfig } from './world-config.ts';

/** A fact: the table tells which row it is. */
export type Fact<Name extends FactName = FactName> = {
  [Table in Name]: {
    /** Name of the fact table. */
    readonly table: Table;
    /** Its columns by their names. */
    readonly row: FactRow<Table>;
  };
}[Name];

/** Which facts, and of which time. */
export interface SimulateOptions<Name extends FactName = FactName> extends WindowOptions {
  /** Tables whose facts are wanted; all of them without it. */
  readonly tables?: readonly Name[];
  /** Ends the simulation: the iteration throws its reason. */
  readonly signal?: AbortSignal;
}

interface TimedFact {
  readonly atMs: number;
  readonly fact: Fact;
}

/** Simulated time that is made ahead of the reader. The facts don't depend on it. */
const STEP_MS = 15 * MINUTE_MS;

/**
 * The facts of a world from its beginning, in the order of their time: those that `generate` writes to files. It
 * simulates no further than a quarter of an hour ahead of whoever reads, so memory doesn't grow.
 * @throws InputError for a config, a window or a table that can't be used, at the first fact that is asked for
 */
export async function* simulate<Name extends FactName = FactName>(
  world: WorldConfig,
  options: SimulateOptions<Name> = {},
): AsyncGenerator<Fact<Name>, void, undefined> {
  const { signal, tables = FACT_NAMES } = options;
  signal?.throwIfAborted();
  requireTables(tables);
  const { config, dictionaries, scenarios } = readWorld(world);
  const window = runWindow(windowOf(options), startOf(config), undefined, 0);
  requireWindow(config, window);
  requireKnownYear(window.startMs);
  const built = buildWorld(config, dictionaries, window.startMs);
  const effects = compileEffects(scenarios, built);
  let facts: TimedFact[] = [];
  const sink = sinkOf(new Set<string>(tables), (fact) => facts.push(fact));
  const regions = built.regions.map(
    (plan) => new RegionSimulation({ world: built, plan, effects, facts: sink }),
  );
  for (let nowMs = window.startMs; nowMs < window.toMs; ) {
    nowMs = Math.min(nowMs + STEP_MS, window.toMs);
    for (const region of regions) region.advance(nowMs);
    const step = facts.sort((a, b) => a.atMs - b.atMs);
    facts = [];
    for (const { fact } of step) {
      yield fact as unknown as Fact<Name>;
      signal?.throwIfAborted();
    }
    // Whoever wants to abort, or does something else meanwhile, has a turn.
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Takes the facts of some tables as rows, and leaves the others alone. */
function sinkOf(wanted: ReadonlySet<string>, take: (fact: TimedFact) => void): FactSink {
  const sinks = FACT_NAMES.map((table) => {
    if (!wanted.has(table)) return [table, () => {}];
    const rowOf = rowMaker<readonly Column[]>(FACTS[table].columns);
    const keep = (record: { readonly eventMs: number }) =>
      take({ atMs: record.eventMs, fact: { table, row: rowOf(record) } as unknown as Fact });
    return [table, keep];
  });
  return Object.fromEntries(sinks) as FactSink;
}

function requireTables(tables: readonly string[]): void {
  for (const table of tables) {
    if ((FACT_NAMES as readonly string[]).includes(table)) continue;
    const near = nearest(table, FACT_NAMES);
    throw new InputError(
      `Unknown table "${table}": expected some of ${FACT_NAMES.join(', ')}` +
        (near === undefined ? '' : ` (did you mean "${near}"?)`),
    );
  }
}
