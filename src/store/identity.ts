/** Checks whether a run continues the world in its folder, and names the differences. */
import { InputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
import { DEFAULT_FORMATS } from '../domain/formats.ts';
import type { Config } from '../world/config.ts';
import { scenarioFlags } from './kept-scenarios.ts';
import type { Manifest, WorldIdentity } from './manifest.ts';
import { worldConfigOf } from './world-settings.ts';

export interface Difference {
  readonly field: string;
  readonly there: string;
  readonly here: string;
}

/**
 * Throws InputError naming every field in which the wanted world differs from the one in the folder.
 * @param waysOut tells the user what to do
 *
 * Start, scenarios, compression and formats may differ while nothing has been generated.
 */
export function requireSameWorld(
  there: Manifest,
  here: WorldIdentity,
  root: string,
  waysOut: string,
): void {
  const differences = differencesBetween(there, here);
  if (differences.length === 0) return;
  const list = differences.map(
    ({ field, there: old, here: wanted }) => `  ${field}: is ${old}, requested ${wanted}`,
  );
  const forgotten = here.scenarios.length === 0 && differences.some(isOfScenarios);
  const remedy = forgotten ? `Add its scenarios: ${scenarioFlags(there.scenarios)}. ` : '';
  throw new InputError(
    `Cannot continue the world in "${root}": it was generated with other settings.\n${list.join('\n')}\n` +
      remedy +
      waysOut,
  );
}

/**
 * Returns every field in which a wanted world differs from another one; start, scenarios, compression and formats only
 * if that one has begun.
 */
export function differencesBetween(
  there: Manifest,
  here: WorldIdentity,
  begun = there.committedMs > there.startMs,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (field: string, old: string, wanted: string) => {
    if (old !== wanted) differences.push({ field, there: old, here: wanted });
  };
  compare('world version', String(there.worldVersion), String(here.worldVersion));
  compare('seed', String(there.seed), String(here.seed));
  if (begun) {
    compare('start', formatInstant(there.startMs), formatInstant(here.startMs));
    compare('scenarios', scenarioText(there), scenarioText(here));
    compare('extensions', extensionText(there), extensionText(here));
    compare('compression', there.compress ?? 'none', here.compress ?? 'none');
    compare('formats', formatText(there), formatText(here));
  }
  for (const key of new Set([...Object.keys(there.config), ...Object.keys(here.config)])) {
    compare(`config ${key}`, shown(there.config[key]), shown(here.config[key]));
  }
  compare('dictionaries', there.dictionaries.slice(0, 12), here.dictionaries.slice(0, 12));
  return differences;
}

/** Returns every setting in which a config differs from that of the existing world. */
export function settingsThatDiffer(
  there: Pick<Manifest, 'seed' | 'config'>,
  config: Config,
): Difference[] {
  const here = worldConfigOf(config);
  const keys = new Set([...Object.keys(there.config), ...Object.keys(here)]);
  return [
    { field: 'seed', there: String(there.seed), here: String(config.seed) },
    ...[...keys].map((key) => ({
      field: key,
      there: shown(there.config[key]),
      here: shown(here[key]),
    })),
  ].filter((each) => each.there !== each.here);
}

function isOfScenarios({ field }: Difference): boolean {
  return field === 'scenarios';
}

function scenarioText(world: WorldIdentity): string {
  if (world.scenarios.length === 0) return 'none';
  return world.scenarios.map(({ name, sha256 }) => `${name} (${sha256.slice(0, 12)})`).join(', ');
}

function formatText({ formats }: WorldIdentity): string {
  return (formats ?? DEFAULT_FORMATS).join(',');
}

function extensionText({ extensions = [] }: WorldIdentity): string {
  if (extensions.length === 0) return 'none';
  return extensions.map(({ name, version }) => `${name} ${version}`).join(', ');
}

function shown(value: Manifest['config'][string] | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
