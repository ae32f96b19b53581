/** Whether a scenario shows what it promises: its trial beside the same world without it, at several seeds. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { parseMoment } from '../engine/moment.ts';
import { DAY_MS } from '../engine/time.ts';
import { generateHistory } from '../run/generation.ts';
import { settingsWith } from '../run/read-settings.ts';
import { simulatedWorld } from '../run/simulated-world.ts';
import { chooseScenarios } from '../scenario/chosen-scenarios.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { worldPaths } from '../store/paths.ts';
import { checkExpectations, type ExpectationResult } from '../verify/expectations.ts';
import { type Config, configOf } from '../world/config.ts';
import { verify } from './verify.ts';

/** Where to keep the worlds, which seeds they have, and whom to tell of the progress. */
export interface ScenarioCheckOptions {
  /** Seeds of the worlds; 1, 2 and 3 by default. */
  readonly seeds?: readonly number[];
  /** Folder in which the worlds are kept; by default they are removed. */
  readonly out?: string;
  /** Values of its parameters as `name=value`. */
  readonly set?: readonly string[];
  /** Called before each step with what is done. */
  readonly onStep?: (step: string) => void;
}

/** What a trial at one seed showed. */
export interface SeedResult {
  /** Seed of both worlds. */
  readonly seed: number;
  /** One for each expectation of the scenario, in its order. */
  readonly expectations: readonly ExpectationResult[];
  /** Invariants that the world with the scenario breaks, by number and sentence. */
  readonly broken: readonly string[];
}

/** What the trials of a scenario showed. */
export interface ScenarioCheck {
  /** Its name. */
  readonly scenario: string;
  /** Whether every expectation and every invariant holds at every seed. */
  readonly holds: boolean;
  /** One for each seed. */
  readonly results: readonly SeedResult[];
}

/**
 * Generates the trial of a scenario and the same world without it, and evaluates its expectations. It needs the package
 * @duckdb/node-api.
 * @param scenario name of one that comes with the project, or path of a YAML file
 * @throws InputError if it can't be used, or expects nothing
 */
export async function checkScenario(
  scenario: string,
  { seeds = [1, 2, 3], out, set = [], onStep = () => {} }: ScenarioCheckOptions = {},
): Promise<ScenarioCheck> {
  const [loaded] = chooseScenarios([scenario], set);
  const { name } = loaded;
  if (loaded.expect.length === 0) {
    throw new InputError(
      `The scenario "${name}" (${loaded.file}) expects nothing. Add what its trial should show, such as ` +
        '"expect: [{ metric: visits, atLeast: 1.1 }]".',
    );
  }
  const folder = out ?? mkdtempSync(path.join(os.tmpdir(), 'sim-trial-'));
  try {
    const results: SeedResult[] = [];
    for (const seed of seeds) results.push(await checkSeed(loaded, seed, folder, onStep));
    return { scenario: name, holds: results.every(holdsAtSeed), results };
  } finally {
    if (out === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function holdsAtSeed({ expectations, broken }: SeedResult): boolean {
  return broken.length === 0 && expectations.every(({ holds }) => holds);
}

async function checkSeed(
  scenario: Scenario,
  seed: number,
  folder: string,
  onStep: (step: string) => void,
): Promise<SeedResult> {
  const baseline = path.join(folder, `baseline-${seed}`);
  const world = path.join(folder, `${scenario.name}-${seed}`);
  onStep(`seed ${seed}: the world without it`);
  await generateTrial(scenario, seed, baseline, []);
  onStep(`seed ${seed}: the world with it`);
  await generateTrial(scenario, seed, world, [scenario]);
  onStep(`seed ${seed}: invariants`);
  const report = await verify(world);
  const broken = report.checks.filter((check) => check.violations > 0);
  onStep(`seed ${seed}: expectations`);
  return {
    seed,
    expectations: await checkExpectations(scenario, baseline, world),
    broken: broken.map(({ id, statement }) => `${id}: ${statement}`),
  };
}

/** Returns the config of a trial: its volumes over those of the preset `small`. @internal */
export function trialConfig({ volume = {} }: Scenario['trial'], seed = 1): Config {
  return configOf({ seed, volume }, 'small');
}

/** Generates the world that a scenario speaks of, with the given scenarios. */
async function generateTrial(
  { trial }: Scenario,
  seed: number,
  folder: string,
  scenarios: readonly Scenario[],
): Promise<void> {
  const config = trialConfig(trial, seed);
  const fromMs = parseMoment(trial.from, 0);
  const toMs = fromMs + trial.days * DAY_MS;
  await generateHistory({
    settings: settingsWith(config, scenarios),
    paths: worldPaths(folder),
    makeWorld: simulatedWorld,
    window: { fromMs, toMs },
    // A trial is small: threads would take longer to start than to work.
    workers: 1,
    // A trial is history, whenever it lies.
    nowMs: () => toMs,
  });
}
