/** Worlds and dictionaries for the tests of the world. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { buildWorld } from '../../src/world/build.ts';
import { type Config, configOf } from '../../src/world/config.ts';
import { OWN_DICTIONARIES } from '../../src/domain/own-files.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import type { World } from '../../src/world/world.ts';

export const dictionaries = loadDictionaries();
export const START_MS = Date.UTC(2024, 0, 1);

/** Config of the small preset with other volumes. */
export function smallConfig(volume: Partial<Config['volume']> = {}, seed = 42): Config {
  return configOf({ seed, volume }, 'small');
}

export function smallWorld(volume: Partial<Config['volume']> = {}, seed = 42): World {
  return buildWorld(smallConfig(volume, seed), dictionaries, START_MS);
}

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the dictionaries to spoil. */
export function dictionaryCopy(): string {
  const folder = temporaryFolder();
  for (const name of readdirSync(OWN_DICTIONARIES)) {
    if (name.endsWith('.csv')) cpSync(join(OWN_DICTIONARIES, name), join(folder, name));
  }
  return folder;
}

/** Rewrites one file of a folder line by line. */
export function editLines(folder: string, file: string, edit: (lines: string[]) => void): void {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  edit(lines);
  writeFileSync(path, lines.join('\n'));
}

/** The message of the InputError that `act` throws. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}
