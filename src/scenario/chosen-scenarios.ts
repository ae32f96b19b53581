/** The scenarios that a command names, with the values that it sets. */
import { createRequire } from 'node:module';
import { InputError } from '../domain/errors.ts';
import { suggestion } from './problems.ts';
import { loadScenario, type Scenario } from './scenario.ts';

/** `outageDays=5`, or `disruption.outageDays=5` for one scenario of several. */
const ASSIGNMENT = /^(?:([a-z][a-z0-9-]*)\.)?([A-Za-z][A-Za-z0-9]*)=(.*)$/s;

interface Assignment {
  readonly text: string;
  readonly scenario: string | undefined;
  readonly name: string;
  readonly value: string | number | boolean;
}

/**
 * Reads scenarios by name or path; effects keep the order of the names.
 * @param sets values of parameters as `name=value`, or `scenario.name=value` for one scenario alone
 * @throws InputError for a scenario that cannot be used, or a parameter that none of them has
 */
export function chooseScenarios(
  names: readonly string[],
  sets: readonly string[] = [],
): Scenario[] {
  const assignments = sets.map(assignmentOf);
  const plain = names.map((name) => loadScenario(name));
  for (const assignment of assignments) requireParameter(assignment, plain);
  return plain.map((scenario, at) => {
    const own = assignments.filter((assignment) => isFor(assignment, scenario));
    if (own.length === 0) return scenario;
    const set = Object.fromEntries(own.map(({ name, value }) => [name, value]));
    return loadScenario(names[at], undefined, set);
  });
}

function assignmentOf(text: string): Assignment {
  const match = ASSIGNMENT.exec(text);
  if (match === null) {
    throw new InputError(`--set is "${text}": expected name=value, such as outageDays=5`);
  }
  const [, scenario, name, written] = match;
  return { text, scenario, name, value: scalarOf(written) };
}

/** Reads a value as YAML does: `5` is a number, `true` a truth value, all else a text. */
function scalarOf(written: string): Assignment['value'] {
  const { parse }: typeof import('yaml') = createRequire(import.meta.url)('yaml');
  try {
    const value: unknown = parse(written);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
  } catch {
    // Whatever is no YAML is a text.
  }
  return written;
}

function isFor({ scenario, name }: Assignment, { name: own, params }: Scenario): boolean {
  return (scenario === undefined || scenario === own) && Object.hasOwn(params, name);
}

function requireParameter(assignment: Assignment, scenarios: readonly Scenario[]): void {
  if (scenarios.some((scenario) => isFor(assignment, scenario))) return;
  const named = scenarios.map(({ name }) => name);
  const { scenario, name, text } = assignment;
  if (scenario !== undefined && !named.includes(scenario)) {
    const list = named.length === 0 ? 'no scenario at all' : named.join(', ');
    throw new InputError(
      `--set ${text}: there is no scenario "${scenario}" here, only ${list}${suggestion(scenario, named)}`,
    );
  }
  const known = scenarios
    .filter((each) => scenario === undefined || each.name === scenario)
    .flatMap(({ params }) => Object.keys(params));
  const expected = known.length === 0 ? 'none, they have no parameters' : known.join(', ');
  throw new InputError(
    `--set ${text}: the scenarios have no parameter "${name}": expected ${expected}${suggestion(name, known)}`,
  );
}
