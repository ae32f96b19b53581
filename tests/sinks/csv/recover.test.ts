import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FileFormat, FILE_FORMATS } from '../../../src/domain/formats.ts';
import type { Sections } from '../../../src/domain/plain-data.ts';
import { type FactsCheckpoint, type FilePort, recover } from '../../../src/sinks/csv/csv-region.ts';
import { type FactFiles, openFactFiles } from '../../../src/sinks/formats.ts';
import { CODECS, type Codec } from '../../../src/tables/compression.ts';
import { rowsIn } from '../../../src/tables/parquet/read-table.ts';
import { dyingFiles, fullDisk, quickFiles } from '../failing-files.ts';
import { inlineCompressor } from '../inline-compressor.ts';
import { DAY_MS, emitFacts, HOUR_MS, START_MS } from '../sample-facts.ts';
import { filesIn } from '../world-folder.ts';

const REGION = 3;
const END_MS = START_MS + 40 * HOUR_MS;
let factsDir: string;
beforeEach(() => {
  factsDir = mkdtempSync(`${tmpdir()}/facts-`);
});
afterEach(() => rmSync(factsDir, { recursive: true }));

/** How facts are stored: CSV plain or compressed, Parquet, or both. */
type Stored = 'csv' | Codec | 'parquet' | 'csv,parquet';

interface Checkpoint extends FactsCheckpoint {
  /** Rows that are in no file. */
  readonly saved: Sections;
}

function openSink(stored: Stored, fs: FilePort): FactFiles {
  const codec = CODECS.find((each) => each === stored);
  const named = FILE_FORMATS.filter((format) => stored.split(',').includes(format));
  const formats: readonly FileFormat[] = codec === undefined ? named : ['csv'];
  const compressor = codec && inlineCompressor(codec, fs);
  const options = { factsDir, region: REGION, bufferBytes: 300, groupRows: 11 };
  return openFactFiles(formats, { ...options, fs, compressor });
}

/** As `crash`, but what it reaches is committed. */
async function runTo(...from: Parameters<typeof crash>): Promise<Checkpoint> {
  const { sink, checkpoint } = await crash(...from);
  sink.committed();
  return checkpoint;
}

/**
 * Goes on from a checkpoint; returns the one at `toMs`, which is never committed. On a failure it aborts,
 * then throws it.
 */
async function crash(
  toMs: number,
  from: Checkpoint | undefined,
  fs: FilePort = quickFiles,
  stored: Stored = 'csv',
): Promise<{ sink: FactFiles; checkpoint: Checkpoint }> {
  const sink = openSink(stored, fs);
  let nowMs = from?.atMs ?? START_MS;
  let resume = from?.openParts;
  let rows = from?.saved;
  let openParts: FactsCheckpoint['openParts'] = [];
  try {
    while (nowMs < toMs) {
      const dayMs = nowMs - (nowMs % DAY_MS);
      sink.openDay(dayMs, resume, [], rows);
      resume = undefined;
      rows = undefined;
      const endMs = Math.min(toMs, dayMs + DAY_MS);
      emitFacts(sink.facts, nowMs, endMs);
      nowMs = endMs;
      if (endMs === dayMs + DAY_MS) await sink.closeDay();
      else openParts = sink.suspend();
    }
    // As a checkpoint keeps them.
    const saved = structuredClone(sink.save?.() ?? {});
    return { sink, checkpoint: { atMs: toMs, openParts, saved } };
  } catch (error) {
    sink.abort();
    throw error;
  }
}

function clear(): void {
  rmSync(factsDir, { recursive: true });
  mkdirSync(factsDir);
}

/** The 18th hour ends the first day. */
const hours = fc.oneof(fc.integer({ min: 1, max: 39 }), fc.constant(18));
const fault = fc.oneof(
  fc.nat(260).map((last) => ({ name: `dies at change ${last}`, fs: () => dyingFiles(last) })),
  fc.nat(24_000).map((room) => ({ name: `disk full after ${room}`, fs: () => fullDisk(room) })),
);

describe('recover', () => {
  it.each([
    ['csv', 20],
    ['gzip', 8],
    ['zstd', 8],
    ['parquet', 30],
    ['csv,parquet', 20],
  ] as const)(
    'gives back exactly what the checkpoint saw, wherever the run after it failed (%s)',
    async (stored, numRuns) => {
      await runTo(END_MS, undefined, quickFiles, stored);
      const whole = filesIn(factsDir);
      const property = fc.asyncProperty(
        fc.option(hours),
        hours,
        fault,
        async (committed, further, failure) => {
          clear();
          const neighbour = path.join(factsDir, 'receipts', 'dt=2024-02-28', 'part-33.csv');
          mkdirSync(path.dirname(neighbour), { recursive: true });
          writeFileSync(neighbour, 'TraceId\n');
          writeFileSync(`${neighbour}.tmp`, '');
          const checkpoint =
            committed === null
              ? undefined
              : await runTo(START_MS + committed * HOUR_MS, undefined, quickFiles, stored);
          const seen = filesIn(factsDir);
          const toMs = Math.min(END_MS, (checkpoint?.atMs ?? START_MS) + further * HOUR_MS);
          await crash(toMs, checkpoint, failure.fs(), stored).catch(() => {});
          recover(factsDir, REGION, checkpoint);
          expect(filesIn(factsDir)).toEqual(seen);
          recover(factsDir, REGION, checkpoint);
          expect(filesIn(factsDir)).toEqual(seen);
          rmSync(neighbour);
          rmSync(`${neighbour}.tmp`);
          await runTo(END_MS, checkpoint, quickFiles, stored);
          expect(filesIn(factsDir)).toEqual(whole);
        },
      );
      await fc.assert(property, { numRuns });
    },
  );

  it.each([
    ['csv', 30],
    ['gzip', 10],
    ['parquet', 30],
    ['csv,parquet', 10],
  ] as const)(
    'can itself die at any change and be done again (%s, after %i hours)',
    async (stored, hours) => {
      const checkpoint = await runTo(START_MS + hours * HOUR_MS, undefined, quickFiles, stored);
      const seen = filesIn(factsDir);
      for (let last = 1; last < 60; last += 3) {
        await crash(END_MS, checkpoint, dyingFiles(90 + last), stored).catch(() => {});
        try {
          recover(factsDir, REGION, checkpoint, dyingFiles(last));
        } catch {
          // The machine stopped.
        }
        recover(factsDir, REGION, checkpoint);
        expect(filesIn(factsDir)).toEqual(seen);
      }
    },
  );

  it.each(['csv', 'gzip', 'zstd', 'parquet', 'csv,parquet'] as const)(
    'removes every part of a region that was never committed (%s)',
    async (stored) => {
      await runTo(END_MS, undefined, quickFiles, stored);
      recover(factsDir, REGION, undefined);
      expect(filesIn(factsDir)).toEqual({});
      recover(path.join(factsDir, 'nothing here'), REGION, undefined);
    },
  );

  it('refuses a part that has lost bytes or is gone', async () => {
    const checkpoint = await runTo(START_MS + HOUR_MS, undefined);
    const file = path.join(factsDir, 'ble_pings', 'dt=2024-02-28', `part-${REGION}.csv`);
    const { bytes } = checkpoint.openParts!.find(({ table }) => table === 'ble_pings')!;
    writeFileSync(file, 'TraceId\n');
    expect(() => recover(factsDir, REGION, checkpoint)).toThrow(
      `Cannot continue "${file}": it has 8 bytes, expected at least ${bytes}.`,
    );
    rmSync(file);
    expect(() => recover(factsDir, REGION, checkpoint)).toThrow('it has 0 bytes');
  });

  it('refuses a Parquet part that has lost bytes or is gone', async () => {
    const checkpoint = await runTo(START_MS + HOUR_MS, undefined, quickFiles, 'parquet');
    const file = path.join(factsDir, 'ble_pings', 'dt=2024-02-28', `part-${REGION}.parquet`);
    const { bytes } = checkpoint.openParts!.find(({ table }) => table === 'ble_pings')!;
    writeFileSync(file, 'PAR1');
    expect(() => recover(factsDir, REGION, checkpoint)).toThrow(
      `Cannot continue "${file}": it has 4 bytes, expected at least ${bytes}.`,
    );
    rmSync(file);
    expect(() => recover(factsDir, REGION, checkpoint)).toThrow('it has 0 bytes');
  });

  it('leaves a Parquet file of an open day that other readers can read', async () => {
    const { openParts } = await runTo(START_MS + 9 * HOUR_MS, undefined, quickFiles, 'parquet');
    const file = path.join(factsDir, 'ble_pings', 'dt=2024-02-28', `part-${REGION}.parquet`);
    expect(openParts!.map(({ format }) => format)).toEqual(['parquet', 'parquet']);
    // Nine hours of a fact each 17 minutes.
    expect(rowsIn(file)).toBe(32);
  });
});
