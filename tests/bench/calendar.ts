/**
 * The event calendar under the hold model, beside a heap of objects: take the earliest entry, schedule
 * another one a random time later, with so many pending.
 */
import { Calendar } from '../../src/engine/calendar.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { exponential } from '../../src/engine/variates.ts';
import { cpuUsOf, type Extent, interleaved, median } from './harness.ts';
import { ObjectHeap } from './object-heap.ts';
import { benchFile } from './process.ts';
import { digits, type Table, times } from './table.ts';

const PENDING = [1000, 10_000, 100_000] as const;
const MEAN_MS = 60_000;
const INCREMENTS = 4096;

async function calendarBench(extent: Extent): Promise<Table[]> {
  const holds = extent === 'full' ? 500_000 : 200_000;
  const rounds = extent === 'full' ? 9 : 5;
  const rows: string[][] = [];
  for (const pending of PENDING) {
    const calendar = calendarHolds(pending);
    const heap = heapHolds(pending);
    const us = await interleaved(
      { calendar: () => cpuUsOf(() => calendar(holds)), heap: () => cpuUsOf(() => heap(holds)) },
      { rounds, warmUps: 2 },
    );
    const calendarUs = median(us.calendar);
    const heapUs = median(us.heap);
    rows.push([
      pending.toLocaleString('en'),
      `${digits(holds / calendarUs)} M`,
      `${digits(holds / heapUs)} M`,
      times(heapUs / calendarUs),
    ]);
  }
  const about =
    'Events in a second of processor time under the hold model: the earliest entry is taken and another one ' +
    `scheduled. Medians of ${rounds} interleaved rounds.`;
  const columns = ['pending', 'event calendar', 'heap of objects', 'ratio'];
  return [{ title: 'Event calendar', about, columns, rows }];
}

function increments(): Float64Array {
  const stream = Substream.of(1, purposeKey('bench', 'hold'));
  return Float64Array.from({ length: INCREMENTS }, () => Math.round(exponential(stream, MEAN_MS)));
}

function calendarHolds(pending: number): (count: number) => void {
  const calendar = new Calendar();
  const after = increments();
  let next = 0;
  for (let i = 0; i < pending; i++) calendar.schedule(after[next++ % INCREMENTS], i, 1, 0);
  return (count) => {
    for (let i = 0; i < count; i++) {
      calendar.pop();
      calendar.schedule(calendar.atMs + after[next++ % INCREMENTS], calendar.target, 1, 0);
    }
  };
}

function heapHolds(pending: number): (count: number) => void {
  const heap = new ObjectHeap();
  const after = increments();
  let next = 0;
  for (let i = 0; i < pending; i++) heap.schedule(after[next++ % INCREMENTS], i);
  return (count) => {
    for (let i = 0; i < count; i++) {
      const entry = heap.pop();
      if (entry === undefined) throw new Error('Cannot hold: the heap is empty');
      heap.schedule(entry.atMs + after[next++ % INCREMENTS], entry.target);
    }
  };
}

await benchFile(import.meta.url, calendarBench);
