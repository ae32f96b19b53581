/** Checks whether a generated world shows what its scenario promises, compared with the same world without it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_QUERIES } from '../domain/own-files.ts';
import { parseInstant } from '../engine/time.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { isOnStores } from '../scenario/shape.ts';
import type { Expectation, Metric } from '../scenario/expectation-shape.ts';
import { Database, type Limits } from './database.ts';
import { chooseScope, dcCondition, type Places, storeCondition } from './expectation-scope.ts';
import { compareFacts } from './untouched.ts';
import { needs } from './summaries.ts';
import { openWorld } from './verify.ts';

/** An expectation of a scenario, and what was measured. */
export interface ExpectationResult {
  /** The expectation as a sentence. */
  readonly statement: string;
  /** The finding as a sentence. */
  readonly measured: string;
  /** Whether it is met. */
  readonly holds: boolean;
}

type MetricExpectation = Extract<Expectation, { metric: unknown }>;

/** A world's folder with its tables loaded. */
interface Loaded {
  readonly folder: string;
  readonly database: Database;
  readonly startMs: number;
}

/**
 * Checks every expectation of a scenario.
 *
 * @param baseline folder of the world without the scenario; same config, seed and window
 * @param world folder of the world with it
 * @throws InputError if one of the folders holds no world with a history
 */
export async function checkExpectations(
  scenario: Scenario,
  baseline: string,
  world: string,
  limits: Limits = {},
): Promise<ExpectationResult[]> {
  const isRead = needs(
    scenario.expect.flatMap((each) => ('metric' in each ? [metricSql(each.metric)] : [])),
  );
  const before = await load(baseline, limits, isRead);
  try {
    const after = await load(world, limits, isRead);
    try {
      const results: ExpectationResult[] = [];
      for (const expectation of scenario.expect) {
        results.push(
          'metric' in expectation
            ? await checkMetric(expectation, before, after)
            : await checkUntouched(expectation.untouched, scenario, before, after),
        );
      }
      return results;
    } finally {
      after.database.close();
    }
  } finally {
    before.database.close();
  }
}

async function load(
  folder: string,
  limits: Limits,
  isRead: (factTable: string) => boolean,
): Promise<Loaded> {
  const database = await Database.open(limits);
  try {
    const { from } = await openWorld(database, folder, limits, 'view', 0, isRead);
    return { folder, database, startMs: parseInstant(from) };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function checkMetric(
  expectation: MetricExpectation,
  before: Loaded,
  after: Loaded,
): Promise<ExpectationResult> {
  const { versus, atLeast, atMost } = expectation;
  const there = await figure(after, expectation);
  const alone = versus === 'nothing';
  const usual = alone ? 1 : await figure(before, expectation);
  const value = there / usual;
  return {
    statement: statementOf(expectation),
    measured: alone ? shown(value) : `${shown(value)} × (${shown(there)} against ${shown(usual)})`,
    holds:
      value >= (atLeast ?? Number.NEGATIVE_INFINITY) &&
      value <= (atMost ?? Number.POSITIVE_INFINITY),
  };
}

/** A metric's value; NaN if there is nothing to average. */
async function figure(
  { database, startMs }: Loaded,
  { metric, where = {} }: MetricExpectation,
): Promise<number> {
  await chooseScope(database, where, startMs);
  const [{ Figure }] = await database.rows(metricSql(metric));
  if (Figure !== null) return Number(Figure);
  return MEANS.has(metric) ? Number.NaN : 0;
}

/** Metrics that have no value without data; the others are sums. */
const MEANS: ReadonlySet<Metric> = new Set<Metric>([
  'priceLevel',
  'stockoutRate',
  'deliveryHours',
  'supplierLeadHours',
  'conversion',
  'basketUnits',
  'onTimeShare',
  'cashShare',
  'pickupShare',
  'checkoutMinutes',
]);

/** The query of a metric: one row with the column Figure. */
export function metricSql(metric: Metric): string {
  return readFileSync(path.join(OWN_QUERIES, 'metrics', `${metric}.sql`), 'utf8');
}

async function checkUntouched(
  what: 'other-regions' | 'everything',
  scenario: Scenario,
  before: Loaded,
  after: Loaded,
): Promise<ExpectationResult> {
  const touched = what === 'everything' ? new Set() : await targetedRegions(scenario, before);
  const rows = await before.database.rows('SELECT ID FROM distribution_centers ORDER BY ID');
  const others = rows.map(({ ID }) => Number(ID)).filter((id) => !touched.has(id));
  const factsOf = ({ folder }: Loaded) => path.join(folder, 'facts');
  const { files, different } = compareFacts(factsOf(before), factsOf(after), new Set(others));
  return {
    statement:
      what === 'everything'
        ? 'all facts are the same, byte for byte'
        : 'facts of other regions are the same, byte for byte',
    measured:
      different.length === 0
        ? `${files} files alike`
        : `${different.length} of ${files} files differ, ${different[0]} among them`,
    holds: files > 0 && different.length === 0,
  };
}

/** The regions (DCs) that are the target of some effect of the scenario. */
async function targetedRegions({ effects }: Scenario, { database }: Loaded): Promise<Set<number>> {
  const regions = new Set<number>();
  for (const { kind, targets = {} } of effects) {
    const places: Places = targets;
    const rows = await database.rows(
      isOnStores(kind)
        ? `SELECT DISTINCT s.DCID AS ID FROM stores s
           JOIN geographies_master g ON g.ID = s.GeographyID WHERE ${storeCondition(places)}`
        : `SELECT d.ID FROM distribution_centers d
           JOIN geographies_master g ON g.ID = d.GeographyID WHERE ${dcCondition(places)}`,
    );
    for (const { ID } of rows) regions.add(Number(ID));
  }
  return regions;
}

/** Returns an expectation as a sentence. */
export function statementOf({
  metric,
  where = {},
  versus,
  atLeast,
  atMost,
}: MetricExpectation): string {
  const scope = Object.entries(where).map(([key, value]) => {
    const list = Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
    return `${key} ${list.replaceAll('"', '')}`;
  });
  const unit = versus === 'nothing' ? '' : ' × the baseline';
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}${unit}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}${unit}`]),
  ];
  return `${[metric, ...scope].join('; ')}: ${bounds.join(', ')}`;
}

function shown(value: number): string {
  return Number.isNaN(value) ? 'no value' : String(Number(value.toPrecision(4)));
}
