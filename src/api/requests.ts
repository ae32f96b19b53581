/** Checks values of requests: instants, scenarios, tables. */
import { nearest, reasonOf } from '../domain/errors.ts';
import { parseMoment } from '../engine/moment.ts';
import { requireKnownYear } from '../world/limits.ts';
import { scenarioNames } from '../scenario/scenario.ts';
import type { Manifest } from '../store/manifest.ts';
import { FACT_TABLES, MASTER_TABLES, type TableKind } from './data/catalogue.ts';
import { Problem } from './problem.ts';

/** Returns a day or an instant as epoch ms. @param nowMs base of `now` and `-7d` @throws Problem 400 */
export function instantOf(
  text: string | undefined,
  field: string,
  nowMs: number,
): number | undefined {
  if (text === undefined) return undefined;
  // A plus sign that was not encoded in an address arrives as a blank.
  const signed = text.replace(/(T\d\d:\d\S*) (\d\d:?\d\d)$/i, '$1+$2');
  const atMs = orProblem(() => parseMoment(signed, nowMs), `${field} is not an instant.`, field);
  orProblem(() => requireKnownYear(atMs), `${field} is out of range.`, field);
  return atMs;
}

function orProblem<T>(work: () => T, summary: string, field: string): T {
  try {
    return work();
  } catch (error) {
    throw new Problem(400, summary, { errors: [{ field, detail: reasonOf(error) }] });
  }
}

/**
 * Returns names of scenarios of the project or of the existing world, not of files.
 * @throws Problem 400
 */
export function scenariosOf(
  names: readonly string[] | undefined,
  there?: Pick<Manifest, 'scenarios'>,
): readonly string[] {
  const own = there?.scenarios.map(({ name }) => name) ?? [];
  requireKnown(names ?? [], [...new Set([...scenarioNames(), ...own])], 'scenario', 'scenarios');
  return names ?? [];
}

/** Returns names of tables of a kind; undefined if the request has none, which means all. @throws Problem 400 */
export function tablesOf(
  names: readonly string[] | null | undefined,
  kind: TableKind,
): readonly string[] | undefined {
  if (names == null || names.length === 0) return undefined;
  const known = kind === 'master' ? MASTER_TABLES : FACT_TABLES;
  requireKnown(names, known, `${kind} table`, 'tables');
  return [...new Set(names)];
}

function requireKnown(
  names: readonly string[],
  known: readonly string[],
  what: string,
  field: string,
): void {
  const errors = names.flatMap((name, at) => {
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return [{ field: `${field}.${at}`, detail: `expected one of ${known.join(', ')}${hint}` }];
  });
  if (errors.length > 0) throw new Problem(400, `There is no such ${what}.`, { errors });
}
