/** Reports on a world's realism: computes every statistic that has a target, and compares the two. */
import { Database, type Limits } from '../verify/database.ts';
import type { VerifyProgress } from '../verify/result.ts';
import { judge, unmeasured, type Finding } from './judge.ts';
import { type LoadedWorld, loadWorld, type WorldPlaces } from './load-world.ts';
import { measure, picture } from './measure.ts';
import { queriesIn, type Query } from './queries.ts';
import type { Picture, RealismReport, StatisticResult } from './result.ts';
import { readTargets, type TargetEntry } from './targets.ts';
import { withSettings } from './world-settings.ts';

export interface ReportOptions extends Limits, WorldPlaces {
  /** Called before each step. */
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/** Steps of loading, roughly: a table each. */
const TABLE_STEPS = 24;

/**
 * Compares the world in a folder with all targets, over the year that begins with it.
 * @throws InputError if the folder holds no world with a history
 */
export async function reportWorld(
  folder: string,
  options: ReportOptions = {},
): Promise<RealismReport> {
  const startMs = performance.now();
  const [base, statistics, pictures] = [
    queriesIn('base'),
    queriesIn('statistics'),
    queriesIn('pictures'),
  ];
  const all = [...base, ...statistics, ...pictures];
  const total = TABLE_STEPS + all.length;
  let done = 0;
  const tell = (step: string) => options.onProgress?.({ step, done: done++, total });
  const database = await Database.open(options, 'to report on a world');
  try {
    const world = await loadWorld(database, folder, options, all, tell);
    const targets = withSettings(readTargets(), folder);
    for (const { name, sql } of base) {
      tell(name);
      await database.run(`CREATE TABLE ${name} AS\n${sql}`);
    }
    const findings = new Map<string, Finding>();
    for (const query of statistics) {
      tell(query.name);
      if (!canRun(query, targets, world)) continue;
      for (const [id, finding] of await measure(database, query)) findings.set(id, finding);
    }
    const drawn: Picture[] = [];
    for (const query of pictures) {
      tell(query.name);
      drawn.push(await picture(database, query));
    }
    const results = targets.map((entry) => resultOf(entry, statistics, findings, world));
    const count = (verdict: StatisticResult['verdict']) =>
      results.filter((result) => result.verdict === verdict).length;
    return {
      world: folder,
      ...world.window,
      statistics: results,
      met: count('met'),
      missed: count('missed'),
      unmeasured: count('cannot be measured'),
      pictures: drawn,
      problems: world.problems,
      seconds: Math.round(performance.now() - startMs) / 1000,
    };
  } finally {
    database.close();
  }
}

/** Whether some statistic of a query can be measured: the world is long enough and has the tables. */
function canRun({ name }: Query, targets: readonly TargetEntry[], world: LoadedWorld): boolean {
  return targets.some((entry) => entry.query === name && obstacle(entry, world) === undefined);
}

function resultOf(
  entry: TargetEntry,
  queries: readonly Query[],
  findings: ReadonlyMap<string, Finding>,
  world: LoadedWorld,
): StatisticResult {
  const { id, title, source, target, tolerance = {} } = entry;
  const definition = queries.find(({ name }) => name === entry.query)?.definition;
  const why = obstacle(entry, world);
  return {
    id,
    title,
    ...(definition !== undefined && { definition }),
    source,
    target,
    tolerance,
    ...(why === undefined ? judge(entry, findings.get(id)) : unmeasured(why)),
  };
}

/** Why a statistic can't be measured over a world, as a clause. */
function obstacle(
  { unmeasurable, days = 0, tables = [] }: TargetEntry,
  world: LoadedWorld,
): string | undefined {
  if (unmeasurable !== undefined) return unmeasurable;
  const missing = tables.find((table) => !world.tables.has(table));
  if (missing !== undefined) return `worlds of this version have no table ${missing}`;
  const covered = Math.floor(world.window.days);
  if (covered < days) return `it takes ${days} days, and the world covers ${covered}`;
  return undefined;
}
