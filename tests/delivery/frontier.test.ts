/** The time up to which a world may have been streamed. */
import fs, { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { Frontier, readFrontier, readReached } from '../../src/delivery/frontier.ts';
import { temporaryFolder } from './fixtures.ts';

const AT_MS = Date.parse('2024-03-09T12:00:00Z');

it('is ahead of the stream, rarely written, and set back when the stream stops', () => {
  const file = path.join(temporaryFolder(), 'stream', 'frontier');
  expect(readReached(file)).toBeUndefined();
  let wallMs = 0;
  const frontier = new Frontier(file, { wallMs: () => wallMs });
  let writes = 0;
  let last: number | undefined;
  for (let step = 1; step <= 2_000; step++) {
    wallMs += 20;
    frontier.reaching(AT_MS + step * 60_000);
    const now = readReached(file);
    expect(now).toBeGreaterThanOrEqual(AT_MS + step * 60_000);
    if (now !== last) writes++;
    last = now;
  }
  expect(writes).toBeLessThan(45);
  frontier.settled(AT_MS + 2_000 * 60_000);
  expect(readReached(file)).toBe(AT_MS + 2_000 * 60_000);
  frontier.close();
});

afterEach(() => vi.restoreAllMocks());

it('is not there after a first write on a full disk, and whole after writes in pieces', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'frontier');
  const writeSync = fs.writeSync as (
    descriptor: number,
    bytes: Uint8Array,
    from: number,
    size: number,
    at?: number,
  ) => number;
  const spy = vi.spyOn(fs, 'writeSync');
  const frontier = new Frontier(file, { wallMs: () => 0 });
  spy.mockImplementation(() => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  expect(() => frontier.settled(AT_MS)).toThrow('the disk is full');
  expect(readdirSync(folder)).toEqual([]);
  spy.mockImplementation(((
    fd: number,
    bytes: Uint8Array,
    from: number,
    size: number,
    at?: number,
  ) => writeSync(fd, bytes, from, Math.min(size, 7), at)) as never);
  for (const step of [1, 2]) {
    frontier.settled(AT_MS + step);
    expect(readReached(file)).toBe(AT_MS + step);
  }
  frontier.close();
});

it('does not exceed the end of the stream', () => {
  const file = path.join(temporaryFolder(), 'frontier');
  const frontier = new Frontier(file, { wallMs: () => 0, limitMs: AT_MS + 10 });
  frontier.reaching(AT_MS);
  expect(readReached(file)).toBe(AT_MS + 10);
  frontier.reaching(AT_MS + 10);
  expect(frontier.reachedMs).toBe(AT_MS + 10);
  frontier.close();
});

it('keeps the length of the journal for the next run', () => {
  const file = path.join(temporaryFolder(), 'frontier');
  const frontier = new Frontier(file, { wallMs: () => 0 });
  frontier.settled(AT_MS);
  frontier.wrote(3, 1_000, 900);
  frontier.wrote(3, 1_200);
  frontier.synced(2, 5_000);
  frontier.close();
  expect(readFrontier(file)).toMatchObject({
    reachedMs: AT_MS,
    edition: 3,
    written: 1_200,
    synced: 900,
  });
  const next = new Frontier(file, { wallMs: () => 0 });
  expect(next.reachedMs).toBe(AT_MS);
  next.synced(3, 1_200);
  expect(readFrontier(file)).toMatchObject({ written: 1_200, synced: 1_200 });
  next.close();
});

it('empty, cut, changed or not a file, it is refused, with advice to continue', () => {
  const file = path.join(temporaryFolder(), 'frontier');
  const frontier = new Frontier(file, { wallMs: () => 0 });
  frontier.settled(AT_MS);
  frontier.close();
  const bytes = readFileSync(file);
  const whole = bytes.toString('utf8').trimEnd().length;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
      writeFileSync(file, bytes.subarray(0, length));
      expect(() => readFrontier(file)).toThrow(/Cannot read ".*": it is .*--rebuild-journal/);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole - 1 }), (at) => {
      const changed = Buffer.from(bytes);
      changed[at] ^= 0x01;
      writeFileSync(file, changed);
      expect(() => readFrontier(file)).toThrow(/cut or damaged/);
    }),
  );
  mkdirSync(`${file}-folder`);
  expect(() => readFrontier(`${file}-folder`)).toThrow('Cannot read');
});
