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
  names: '1cb83fb1b6b2124ef570a2e30209e0c541a2607f309b6b426c51859531fd6cf7',
  arrays: 'c8dd75e7550b8c1738b6ca0b4f15a9cdfb5ee7859eb1bc8660162f0e66b19bf9',
  json: 'af006fa452ae846c05b42343bdee6a6371e924eb957d0b7e7687b40a36007d26',
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
