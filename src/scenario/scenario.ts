/** Scenarios: what happens in a world, as YAML files. The config says how large the world is. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type { Document, LineCounter } from 'yaml';
import { decodeText, withLineFeeds } from '../domain/decoded-text.ts';
import { InputError, nearest, reasonOf } from '../domain/errors.ts';
import { OWN_SCENARIOS } from '../domain/own-files.ts';
import { basesOf, chainWith, isScenarioPath } from './bases.ts';
import { repeatedEffects } from './conflicts.ts';
import type { Expectation } from './expectation-shape.ts';
import type { Values } from './expression.ts';
import { noteOrigin } from './origins.ts';
import { PARAMETERS } from './parameter-shape.ts';
import { parameterValues, withValues } from './parameters.ts';
import { type Problem, pathText, shapeProblems } from './problems.ts';
import { type EffectFile, type ScenarioFile, scenarioShape } from './shape.ts';
import { settlingProblems } from './settling.ts';
import type { Window } from './window-shape.ts';
import { isDeeperThan, requireReadableYaml, YAML_DEPTH } from './yaml-limits.ts';

/** An effect with its window and place resolved. */
export type ScenarioEffect = EffectFile & { readonly window: Window };

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where in the data it shows, if the file says so. */
  readonly lookFor?: string;
  /** The file it was read from, for messages. */
  readonly file: string;
  /** Values of its parameters, and of those of the scenarios that it extends. */
  readonly params: Values;
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
 * @param set values of its parameters
 * @throws InputError if it does not exist, or listing everything that is wrong with it
 */
export function loadScenario(
  nameOrPath: string,
  folder = OWN_SCENARIOS,
  set: Values = {},
): Scenario {
  return readScenario(nameOrPath, folder, { set, chain: [] });
}

/** What a scenario gets from those that extend it. */
interface Reading {
  readonly set: Values;
  /** Files that are being read, outermost first. */
  readonly chain: readonly string[];
}

function readScenario(nameOrPath: string, folder: string, { set, chain }: Reading): Scenario {
  const isPath = isScenarioPath(nameOrPath);
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
  const longer = chainWith(chain, resolve(file));
  let text: string;
  try {
    text = withLineFeeds(decodeText(readFileSync(file)));
  } catch (error) {
    throw new InputError(`Cannot read scenario "${file}": ${reasonOf(error)}`);
  }
  return parseScenario(text, isPath ? file : `scenarios/${basename(file)}`, {
    set,
    chain: longer,
    folder: dirname(file),
    scenarios: folder,
  });
}

/** Returns the file of a name, with either ending. */
function fileOf(name: string, folder: string): string {
  const other = join(folder, `${name}.yml`);
  return existsSync(other) ? other : join(folder, `${name}.yaml`);
}

/** How a text is read. */
export interface ParseOptions {
  /** Values of parameters. */
  readonly set?: Values;
  readonly chain?: readonly string[];
  /** Folder in which it looks for the files that it extends; without it, only scenarios of the project. */
  readonly folder?: string;
  /** Folder of the scenarios that have names. */
  readonly scenarios?: string;
}

/**
 * Returns the scenario of a YAML text.
 * @param file for messages
 * @throws InputError listing everything that is wrong, one problem per line
 */
export function parseScenario(text: string, file: string, options: ParseOptions = {}): Scenario {
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
  const lineOf = (path: readonly PropertyKey[]) => lineOfPath(document, lines, path);
  const written = readDocument(document, file);
  const declared = declaredIn(written, options, file, lineOf);
  const { raw, problems: unknown } = withValues(written, declared.values);
  const refuse = (problems: readonly Problem[]) => {
    const shown = problems.map((problem) => `\n  ${placeText(lineOf, problem)}${problem.text}`);
    throw new InputError(`Cannot use scenario ${file}:${shown.join('')}`);
  };
  if (declared.problems.length > 0) refuse(declared.problems);
  if (unknown.length > 0) refuse(unknown);
  const parsed = scenarioShape().safeParse(raw);
  const problems = parsed.success
    ? settlingProblems(parsed.data)
    : shapeProblems(raw, parsed.error.issues);
  if (!parsed.success || problems.length > 0) return refuse(problems) as never;
  const own = settled(parsed.data);
  const repeated = repeatedEffects(own);
  if (repeated.length > 0) refuse(repeated);
  for (const [index, effect] of own.entries()) noteOrigin(effect, { file, index, lineOf });
  return composed(parsed.data, own, declared, file);
}

/** Parameters of a file and of those that it extends. */
interface Declared {
  readonly values: Values;
  readonly problems: readonly Problem[];
  readonly bases: readonly Scenario[];
}

/** Reads parameters and bases first: all else in the file may name the former. */
function declaredIn(
  written: unknown,
  { set = {}, chain = [], folder, scenarios }: ParseOptions,
  file: string,
  lineOf: (path: readonly PropertyKey[]) => number | undefined,
): Declared {
  const root = (typeof written === 'object' && written !== null ? written : {}) as {
    readonly params?: unknown;
    readonly extends?: unknown;
  };
  const params = PARAMETERS.safeParse(root.params ?? {});
  const problems = params.success
    ? []
    : shapeProblems(
        written,
        params.error.issues.map((issue) => ({ ...issue, path: ['params', ...issue.path] })),
      );
  const own = params.success ? parameterValues(params.data, set, file) : {};
  const line = lineOf(['extends']);
  const place = `${file}${line === undefined ? '' : `, line ${line}`}: extends`;
  const handedOn = { set: { ...own, ...set }, chain };
  const bases = basesOf(root.extends ?? [], place, {
    folder,
    read: (nameOrPath) => readScenario(nameOrPath, scenarios ?? OWN_SCENARIOS, handedOn),
  });
  return { values: Object.assign({}, ...bases.map((base) => base.params), own), problems, bases };
}

/** Effects of bases come first, in their order. */
function composed(
  data: ScenarioFile,
  own: readonly ScenarioEffect[],
  { bases, values }: Declared,
  file: string,
): Scenario {
  const { name, title, description, lookFor } = data;
  const effects = [...bases.flatMap((base) => base.effects), ...own];
  const trialBase = bases.find((base) => base.trial !== DEFAULT_TRIAL);
  return {
    name,
    title,
    description,
    ...(lookFor !== undefined && { lookFor }),
    file,
    params: values,
    effects,
    trial: data.trial ?? trialBase?.trial ?? DEFAULT_TRIAL,
    expect: data.expect ?? bases.flatMap((base) => base.expect),
    sha256: digestOf(name, effects),
  };
}

/** A scenario of which only the name and the effects are kept: all that makes a world. */
export function scenarioOfEffects(name: string, effects: readonly unknown[]): Scenario {
  return {
    name,
    title: name,
    description: '',
    file: `scenario ${name}`,
    params: {},
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
function settled({ effects = [], window, targets }: ScenarioFile): ScenarioEffect[] {
  return effects.map((effect) => {
    const own = effect.targets ?? {};
    const namesPlace = 'dcs' in own || 'states' in own || 'stores' in own || 'sizes' in own;
    return {
      ...effect,
      window: effect.window ?? window,
      targets: namesPlace ? own : { ...targets, ...own },
    } as ScenarioEffect;
  });
}

function lineOfPath(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: number[] } | undefined;
    if (node?.range != null) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

/** Returns `line 12: effects[2].factor `, with the line of the value or of what should contain it. */
function placeText(
  lineOf: (path: readonly PropertyKey[]) => number | undefined,
  { path }: Problem,
): string {
  const line = lineOf(path);
  return `${line === undefined ? '' : `line ${line}: `}${pathText(path)} `;
}
