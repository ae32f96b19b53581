/** The digests that were recorded, and the version of the world that they are of. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Digests } from './worlds.ts';

const FILE = new URL('./digests.json', import.meta.url);

export interface Recorded {
  readonly worldVersion: number;
  readonly worlds: Readonly<Record<string, Digests>>;
}

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Recorded;
}

export function writeRecorded(recorded: Recorded): void {
  writeFileSync(FILE, `${JSON.stringify(recorded, null, 2)}\n`);
}
