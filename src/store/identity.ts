/** Whether a run continues the world that lies in its folder, and if not, where they differ. */
import { InputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
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
 * @param waysOut what to do about it
 *
 * As long as nothing has been generated, start, scenarios and compression are still free.
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
    ({ field, there: old, here: wanted }) => `  ${field}: ${old} there, ${wanted} asked for`,
  );
  const forgotten = here.scenarios.length === 0 && differences.some(isOfScenarios);
  const remedy = forgotten ? `Add its scenarios: ${scenarioFlags(there.scenarios)}. ` : '';
  throw new InputError(
    `Cannot continue the world in "${root}": it was made with other settings.\n${list.join('\n')}\n` +
      remedy +
      waysOut,
  );
}

/**
 * Every field in which a wanted world differs from another; start, scenarios and compression only once
 * it has begun.
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
    compare('compression', there.compress ?? 'none', here.compress ?? 'none');
  }
  for (const key of new Set([...Object.keys(there.config), ...Object.keys(here.config)])) {
    compare(`config ${key}`, shown(there.config[key]), shown(here.config[key]));
  }
  compare('dictionaries', there.dictionaries.slice(0, 12), here.dictionaries.slice(0, 12));
  return differences;
}

/** Every setting in which a config differs from that of the world that is there. */
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

function shown(value: Manifest['config'][string] | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
