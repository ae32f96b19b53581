/** Facts without files: simulates a world for a program that reads the facts one by one. */
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

/** A fact: the table determines the type of the row. */
export type Fact<Name extends FactName = FactName> = {
  [Table in Name]: {
    /** Name of the fact table. */
    readonly table: Table;
    /** Its columns by their names. */
    readonly row: FactRow<Table>;
  };
}[Name];

/** A fact of any table, those of extensions included. */
export interface AnyFact {
  /** Name of the fact table. */
  readonly table: string;
  /** Values by the names of the columns. */
  readonly row: Readonly<Record<string, string | number | boolean | null>>;
}

/** The tables and the window of a simulation. */
export interface SimulateOptions<Name extends string = FactName> extends WindowOptions {
  /** Tables whose facts are returned; all tables by default. */
  readonly tables?: readonly Name[];
  /** Ends the simulation: the iteration throws its reason. */
  readonly signal?: AbortSignal;
}

interface TimedFact {
  readonly atMs: number;
  readonly fact: AnyFact;
}

/** Simulated time ahead of the reader. The facts don't depend on it. */
const STEP_MS = 15 * MINUTE_MS;

/**
 * Yields the facts of a world from its beginning, in order of time: the same facts that `generate` writes to files. It
 * simulates at most a quarter of an hour ahead of the reader, so memory doesn't grow.
 * @throws InputError for a wrong config, window or table, when the first fact is requested
 */
export function simulate<Name extends FactName = FactName>(
  world: WorldConfig,
  options?: SimulateOptions<Name>,
): AsyncGenerator<Fact<Name>, void, undefined>;
/** The same with tables of extensions, whose rows the type checker doesn't know. */
export function simulate(
  world: WorldConfig,
  options: SimulateOptions<string>,
): AsyncGenerator<AnyFact, void, undefined>;
export async function* simulate(
  world: WorldConfig,
  options: SimulateOptions<string> = {},
): AsyncGenerator<AnyFact, void, undefined> {
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
      yield fact;
      signal?.throwIfAborted();
    }
    // Gives timers and other tasks a turn, which may abort the simulation.
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Returns a sink that passes on the facts of some tables as rows and ignores the others. */
function sinkOf(wanted: ReadonlySet<string>, take: (fact: TimedFact) => void): FactSink {
  const sinks = FACT_NAMES.map((table) => {
    if (!wanted.has(table)) return [table, () => {}];
    const rowOf = rowMaker<readonly Column[]>(FACTS[table].columns);
    const keep = (record: { readonly eventMs: number }) =>
      take({ atMs: record.eventMs, fact: { table, row: rowOf(record) } as AnyFact });
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
