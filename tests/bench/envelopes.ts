/**
 * Bench of the envelopes: what an event costs, from the record to the bytes that are sent, by table.
 * The records are those of the docs' small world. Run alone: `tsx tests/bench/envelopes.ts`.
 */
import { realpathSync } from 'node:fs';
import { argv, cpuUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { runExample } from '../../docs/example-world.ts';
import { blankFact, FACT_NAMES, type FactName } from '../../src/domain/facts.ts';
import { envelopeOf } from '../../src/envelopes/envelope.ts';
import { envelopeSink } from '../../src/envelopes/envelope-sink.ts';

/** Events taken in a round: rare tables are gone through again and again. */
const EVENTS_PER_ROUND = 40_000;
const MOST_RECORDS = 20_000;
const INGEST_MS = Date.UTC(2026, 0, 1);
const WORLD_ID = '0123456789abcdef';

export interface EnvelopeFigure {
  readonly table: FactName;
  readonly usPerEvent: number;
  readonly bytesPerEvent: number;
}

type AnyRecord = Record<string, number | string>;

/** The first facts of every kind in a small world, in records as regions make theirs. */
function sample(): Map<FactName, AnyRecord[]> {
  const records = new Map<FactName, AnyRecord[]>(FACT_NAMES.map((table) => [table, []]));
  runExample((table, record) => {
    const list = records.get(table)!;
    // Node 20 reads objects made by spreading several times slower.
    if (list.length < MOST_RECORDS) list.push(Object.assign(blankFact(table), record));
  });
  return records;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Medians of interleaved rounds, after one that does not count; processor time of this process. */
function envelopeFigures(rounds = 7): EnvelopeFigure[] {
  let bytes = 0;
  let ingestMs = INGEST_MS;
  const sink = envelopeSink(
    ({ body }) => {
      bytes += body.length;
    },
    // The wall clock moves on every few events.
    { worldId: WORLD_ID, ingestMs: () => Math.floor(ingestMs++ / 64) },
  );
  const runs = [...sample()].map(([table, records]) => ({
    table,
    records,
    us: [] as number[],
    bytesPerEvent: 0,
  }));
  for (let round = 0; round <= rounds; round++) {
    for (const run of runs) {
      const take = sink[run.table] as (record: AnyRecord) => void;
      const { records, us } = run;
      const times = Math.ceil(EVENTS_PER_ROUND / records.length);
      bytes = 0;
      const before = cpuUsage();
      for (let time = 0; time < times; time++) for (const record of records) take(record);
      const { user, system } = cpuUsage(before);
      run.bytesPerEvent = bytes / (times * records.length);
      if (round > 0) us.push((user + system) / (times * records.length));
    }
  }
  return runs.map(({ table, us, bytesPerEvent }) => ({
    table,
    usPerEvent: median(us),
    bytesPerEvent,
  }));
}

/** The same by the readable twin and JSON.stringify, for the busiest table. */
function stringifyFigure(events = 20_000): number {
  const pings = sample().get('ble_pings')!.slice(0, events);
  let bytes = 0;
  const before = cpuUsage();
  for (const ping of pings) {
    bytes += Buffer.from(
      JSON.stringify(envelopeOf('ble_pings', ping as never, INGEST_MS, WORLD_ID)),
    ).length;
  }
  const { user, system } = cpuUsage(before);
  if (bytes === 0) throw new Error('Cannot compare: no ping was encoded');
  return (user + system) / pings.length;
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { table, usPerEvent, bytesPerEvent } of envelopeFigures()) {
    const cost = `${usPerEvent.toFixed(2)} us`;
    process.stdout.write(
      `${table.padEnd(24)}${cost.padStart(9)}${bytesPerEvent.toFixed(0).padStart(6)} bytes\n`,
    );
  }
  process.stdout.write(
    `${'ble_pings, stringified'.padEnd(24)}${`${stringifyFigure().toFixed(2)} us`.padStart(9)}\n`,
  );
}
