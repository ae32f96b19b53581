/**
 * What a checkpoint keeps of a region, byte for byte: worlds made by an earlier program go on under this one only
 * as long as both mean the same by their sections.
 */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sections } from '../../src/domain/plain-data.ts';
import { busyRegion } from './busy-region.ts';

/** Change these only together with the world version, when checkpoints of before are refused. */
const SHA_256 = {
  names: '0ab720c679dc075c81d840e25b4410b22e4a56ddfff2eca84c46d787e4043996',
  arrays: 'bd032364849aa5fddd21f1e108faeaf7d2442a75883dfd890368f528872f124f',
  json: '2d401a60494592e7b000af46d6f9d6b7f824f19f2fbce01a8dffdb3622f935a2',
};

function digestOf(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const arraysOf = (sections: Sections) =>
  Object.entries(sections).filter(([, value]) => ArrayBuffer.isView(value)) as [
    string,
    Uint8Array,
  ][];
const jsonOf = (sections: Sections) =>
  Object.entries(sections).filter(([, value]) => !ArrayBuffer.isView(value)) as [string, Json][];

describe('a checkpoint of a region', () => {
  let sections: Sections;
  beforeAll(() => {
    sections = busyRegion().save();
  });

  it('is of a region in which all entities are active', () => {
    const rows = (name: string, field?: string) => {
      const section = sections[name] as Record<string, Json>;
      return (field === undefined ? section : section[field]) as readonly Json[];
    };
    expect(rows('visits', 'underWay').length).toBeGreaterThan(0);
    expect(rows('disruptions').length).toBe(6);
    expect(rows('adRuns').length).toBeGreaterThan(0);
    expect(rows('orders', 'open').length).toBeGreaterThan(0);
    expect(rows('supply', 'orders').length).toBeGreaterThan(0);
    expect((sections['audience/responding'] as Uint8Array).includes(1)).toBe(true);
    expect((sections['goodsBack/data'] as Float64Array).length).toBeGreaterThan(0);
    expect((sections['planned/data'] as Float64Array).length).toBeGreaterThan(0);
    expect(rows('trips').some((trip) => (trip as { loaded: boolean }).loaded)).toBe(true);
  });

  it('has the sections that it always had, in their order', () => {
    const names = Object.entries(sections).map(
      ([name, value]) => `${name} ${ArrayBuffer.isView(value) ? value.constructor.name : 'json'}\n`,
    );
    expect(digestOf(names)).toBe(SHA_256.names);
  });

  it('has the typed arrays that it always had', () => {
    const parts = arraysOf(sections).flatMap(([name, { buffer, byteOffset, byteLength }]) => [
      name,
      new Uint8Array(buffer, byteOffset, byteLength),
    ]);
    expect(digestOf(parts)).toBe(SHA_256.arrays);
  });

  it('has the JSON that it always had, key for key', () => {
    const parts = jsonOf(sections).map(([name, value]) => `${name} ${JSON.stringify(value)}\n`);
    expect(digestOf(parts)).toBe(SHA_256.json);
  });
});
