/** What was recorded of the pinned worlds, and the version of the world that it is of. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Shape } from './shape.ts';
import type { Digests } from './worlds.ts';

const DIGESTS = new URL('./digests.json', import.meta.url);
const SHAPE = new URL('./shape.json', import.meta.url);

export interface Recorded {
  readonly worldVersion: number;
  readonly worlds: Readonly<Record<string, Digests>>;
  /** What `sim sample` prints. */
  readonly sample: string;
}

export type RecordedShape = Shape & { readonly worldVersion: number };

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(DIGESTS, 'utf8')) as Recorded;
}

export function writeRecorded(recorded: Recorded): void {
  write(DIGESTS, recorded);
}

export function readShape(): RecordedShape {
  return JSON.parse(readFileSync(SHAPE, 'utf8')) as RecordedShape;
}

export function writeShape(shape: RecordedShape): void {
  write(SHAPE, shape);
}

function write(file: URL, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
