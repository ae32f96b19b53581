/** Scenarios: what happens in a world, as YAML files. The config says how large the world is. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { Document, LineCounter } from 'yaml';
import { decodeText, withLineFeeds } from '../domain/decoded-text.ts';
import { InputError, nearest, reasonOf } from '../domain/errors.ts';
import { OWN_SCENARIOS } from '../domain/own-files.ts';
import { type Expectation, PRODUCT_METRICS } from './expectation-shape.ts';
import { type Problem, pathText, quoted, shapeProblems } from './problems.ts';
import { type EffectFile, type ScenarioFile, scenarioShape } from './shape.ts';
import { rampMs, windowLengthMs } from './windows.ts';
import type { Window } from './window-shape.ts';
import { isDeeperThan, requireReadableYaml, YAML_DEPTH } from './yaml-limits.ts';

/** An effect with its window and place resolved. */
export type ScenarioEffect = EffectFile & { readonly window: Window };

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The file it was read from, for messages. */
  readonly file: string;
  readonly effects: readonly ScenarioEffect[];
  /** A history that shows what the scenario expects. */
  readonly trial: NonNullable<ScenarioFile['trial']>;
  readonly expect: readonly Expectation[];
  /** Digest of everything in it that affects a world's bytes: name and effects. */
  readonly sha256: string;
}

const YAML = /\.ya?ml$/;
const DEFAULT_TRIAL = { from: '2024-01-01', days: 14 };

/** Loaded with the first scenario: most runs have none, and it consists of some ninety modules. */
const loadYaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

/** Returns the names of the scenarios that come with the project, sorted. */
export function scenarioNames(folder = OWN_SCENARIOS): string[] {
  return readdirSync(folder)
    .filter((file) => YAML.test(file))
    .map((file) => file.replace(YAML, ''))
    .sort();
}

/** A scenario of the project, or the reason why its file is not one. */
export type ListedScenario =
  | { readonly name: string; readonly scenario: Scenario }
  | { readonly name: string; readonly fault: string };

/** Returns all scenarios of a folder, sorted by name; a broken file does not hide the others. */
export function listScenarios(folder = OWN_SCENARIOS): ListedScenario[] {
  return scenarioNames(folder).map((name) => {
    try {
      return { name, scenario: loadScenario(name, folder) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { name, fault: error.message };
    }
  });
}

/**
 * Reads a scenario by name (`holiday` reads scenarios/holiday.yaml) or by path.
 * @throws InputError if it does not exist, or listing everything that is wrong with it
 */
export function loadScenario(nameOrPath: string, folder = OWN_SCENARIOS): Scenario {
  const isPath = YAML.test(nameOrPath) || /[\\/]/.test(nameOrPath);
  const file = isPath ? nameOrPath : fileOf(nameOrPath, folder);
  if (!existsSync(file)) {
    if (isPath) throw new InputError(`Cannot find scenario "${nameOrPath}": there is no such file`);
    const names = scenarioNames(folder);
    const best = nearest(nameOrPath, names);
    throw new InputError(
      `Unknown scenario "${nameOrPath}": expected ${names.join(', ')}, or the path of a YAML file${
        best === undefined ? '' : ` (did you mean "${best}"?)`
      }`,
    );
  }
  let text: string;
  try {
    text = withLineFeeds(decodeText(readFileSync(file)));
  } catch (error) {
    throw new InputError(`Cannot read scenario "${file}": ${reasonOf(error)}`);
  }
  return parseScenario(text, isPath ? file : `scenarios/${basename(file)}`);
}

/** Returns the file of a name, with either ending. */
function fileOf(name: string, folder: string): string {
  const other = join(folder, `${name}.yml`);
  return existsSync(other) ? other : join(folder, `${name}.yaml`);
}

/**
 * Returns the scenario of a YAML text.
 * @param file for messages
 * @throws InputError listing everything that is wrong, one problem per line
 */
export function parseScenario(text: string, file: string): Scenario {
  const yaml = loadYaml();
  requireReadableYaml(yaml, text, file);
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const [{ message, pos }] = document.errors;
    const { line, col } = lines.linePos(pos[0]);
    const reason = message.split(/ at line \d+| *\n/)[0];
    throw new InputError(`Cannot read ${file}, line ${line}, column ${col}: ${reason}`);
  }
  const raw = readDocument(document, file);
  const parsed = scenarioShape().safeParse(raw);
  const problems = parsed.success
    ? settlingProblems(parsed.data)
    : shapeProblems(raw, parsed.error.issues);
  if (!parsed.success || problems.length > 0) {
    const shown = problems.map(
      (problem) => `\n  ${place(document, lines, problem)}${problem.text}`,
    );
    throw new InputError(`Cannot use scenario ${file}:${shown.join('')}`);
  }
  const { name, title, description, expect, trial = DEFAULT_TRIAL } = parsed.data;
  const effects = settled(parsed.data);
  const sha256 = digestOf(name, effects);
  return { name, title, description, file, effects, trial, expect, sha256 };
}

/** A scenario of which only the name and the effects are kept: all that makes a world. */
export function scenarioOfEffects(name: string, effects: readonly unknown[]): Scenario {
  return {
    name,
    title: name,
    description: '',
    file: `scenario ${name}`,
    effects: effects as readonly ScenarioEffect[],
    trial: DEFAULT_TRIAL,
    expect: [],
    sha256: digestOf(name, effects),
  };
}

function digestOf(name: string, effects: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([name, effects]))
    .digest('hex');
}

function readDocument(document: Document.Parsed, file: string): unknown {
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(`Cannot read ${file}: ${reasonOf(error)}`);
  }
  if (isDeeperThan(YAML_DEPTH, raw)) {
    throw new InputError(
      `Cannot read ${file}: with its aliases it is nested deeper than ${YAML_DEPTH} levels`,
    );
  }
  return raw;
}

/** Gives the scenario's window and places to each effect that has none of its own. */
function settled({ effects, window, targets }: ScenarioFile): ScenarioEffect[] {
  return effects.map((effect) => {
    const own = effect.targets ?? {};
    const namesPlace = 'dcs' in own || 'states' in own || 'stores' in own;
    return {
      ...effect,
      window: effect.window ?? window,
      targets: namesPlace ? own : { ...targets, ...own },
    } as ScenarioEffect;
  });
}

/** Finds windows and ramps that are well-formed but contradictory. */
function settlingProblems(scenario: ScenarioFile): Problem[] {
  const problems: Problem[] = [];
  const checkLength = (window: Window, path: (string | number)[]) => {
    if ((windowLengthMs(window) ?? 1) > 0) return;
    problems.push({ path, text: `is ${quoted(window)}: expected it to end after it begins` });
  };
  if (scenario.window !== undefined) checkLength(scenario.window, ['window']);
  for (const [index, effect] of scenario.effects.entries()) {
    const path = ['effects', index, 'window'];
    const window = effect.window ?? scenario.window;
    if (window === undefined) {
      problems.push({ path, text: 'is missing: expected a window here, or one for all effects' });
      continue;
    }
    if (effect.window !== undefined) checkLength(effect.window, path);
    const { upMs, downMs } = rampMs('ramp' in effect ? effect.ramp : undefined);
    const lengthMs = windowLengthMs(window) ?? Number.POSITIVE_INFINITY;
    if (lengthMs > 0 && upMs + downMs > lengthMs) {
      problems.push({
        path: ['effects', index, 'ramp'],
        text: 'is longer than the window: expected up and down to fit into it',
      });
    }
  }
  for (const [index, expectation] of scenario.expect.entries()) {
    const where = 'metric' in expectation ? expectation.where : undefined;
    if (where?.during !== undefined)
      checkLength(where.during, ['expect', index, 'where', 'during']);
    if ('metric' in expectation && !PRODUCT_METRICS.has(expectation.metric)) {
      for (const key of ['departments', 'categories', 'products'] as const) {
        if (where?.[key] === undefined) continue;
        const text = `has no effect: ${expectation.metric} are not counted by product`;
        problems.push({ path: ['expect', index, 'where', key], text });
      }
    }
  }
  return problems;
}

/** Returns `line 12: effects[2].factor `, with the line of the value or of what should contain it. */
function place(document: Document.Parsed, lines: LineCounter, { path }: Problem): string {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: number[] } | undefined;
    if (node?.range != null) return `line ${lines.linePos(node.range[0]).line}: ${pathText(path)} `;
  }
  return `${pathText(path)} `;
}
