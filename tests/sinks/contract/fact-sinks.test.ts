/** What every sink of facts must do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { FACT_NAMES, type FactSink, factScratch } from '../../../src/domain/facts.ts';
import { idBase } from '../../../src/domain/ids.ts';
import { BlackholeSink } from '../../../src/sinks/blackhole/blackhole.ts';
import { CsvRegionSink } from '../../../src/sinks/csv/csv-region.ts';
import { openFactFiles } from '../../../src/sinks/formats.ts';
import { MemorySink } from '../../../src/sinks/memory/memory.ts';
import { DAY_MS, emitFacts, START_MS } from '../sample-facts.ts';

const factsDir = mkdtempSync(`${tmpdir()}/sinks-`);
afterAll(() => rmSync(factsDir, { recursive: true }));

interface CountingSink {
  readonly facts: FactSink;
  readonly rows: number;
}

function csvSink(): CountingSink {
  const sink = new CsvRegionSink({ factsDir, region: 1 });
  sink.openDay(0);
  return sink;
}

function parquetSink(): CountingSink {
  const sink = openFactFiles(['csv', 'parquet'], { factsDir, region: 2 });
  sink.openDay(0);
  return sink;
}

describe.each([
  ['memory', () => new MemorySink()],
  ['blackhole', () => new BlackholeSink()],
  ['csv', csvSink],
  ['csv and parquet', parquetSink],
] as [string, () => CountingSink][])('%s sink', (_, make) => {
  it('counts the facts it takes', () => {
    const sink = make();
    expect(sink.rows).toBe(0);
    const emitted = emitFacts(sink.facts, START_MS, START_MS + DAY_MS);
    expect(emitted).toBeGreaterThan(80);
    expect(sink.rows).toBe(emitted);
  });

  it('takes facts of every kind, by functions that need no receiver', () => {
    const sink = make();
    const scratch = factScratch() as Record<string, Record<string, number | string>>;
    for (const name of FACT_NAMES) {
      const take = sink.facts[name] as (record: object) => void;
      for (const field of Object.keys(scratch[name])) {
        if (scratch[name][field] === 0.5) scratch[name][field] = idBase('session', 1);
      }
      take(scratch[name]);
    }
    expect(sink.rows).toBe(FACT_NAMES.length);
  });

  it('does not change the records it is lent', () => {
    const sink = make();
    const { store_ops } = factScratch();
    const given = Object.freeze({ ...store_ops, eventMs: 5, traceId: idBase('session', 1) });
    sink.facts.store_ops(given);
    expect(given.eventMs).toBe(5);
  });
});

describe('memory sink', () => {
  it('keeps copies, in order', () => {
    const { facts, lists } = new MemorySink();
    const { store_ops } = factScratch();
    for (const operation of [1, 0]) facts.store_ops(Object.assign(store_ops, { operation }));
    expect(lists.store_ops.map(({ operation }) => operation)).toEqual([1, 0]);
    expect(lists.receipts).toEqual([]);
  });
});

describe('blackhole sink', () => {
  it('counts by table', () => {
    const sink = new BlackholeSink();
    sink.facts.stockouts(factScratch().stockouts);
    expect(sink.rowsByTable()).toMatchObject({ stockouts: 1, receipts: 0 });
  });
});
