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
  arrays: 'e695be0289116b859c942e4b9f7f7975e1bad3dec1ffd017b8b1425e23b1a07b',
  json: 'd57ddb91befb3de0d5e81e983c5e47b36b9bc1e9cedb098437d4fa4328f05b8d',
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
