/** Rows to files on disk by the CSV sink alone, a day a round, synced while the next one is written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DAY_MS } from '../../src/engine/time.ts';
import { CsvRegionSink } from '../../src/sinks/csv/csv-region.ts';
import { encodeAll } from './encoder-rivals.ts';
import { cpuUs, type Extent, median } from './harness.ts';
import { benchFile } from './process.ts';
import { sample, TABLES } from './sample.ts';
import { megabytes, millions, type Table } from './table.ts';

const START_MS = Date.UTC(2024, 2, 1);

async function sinkBench(extent: Extent): Promise<Table[]> {
  const rowsPerTable = extent === 'full' ? 100_000 : 40_000;
  const days = extent === 'full' ? 7 : 3;
  const factsDir = mkdtempSync(path.join(tmpdir(), 'bench-sink-'));
  try {
    const rows = sample(rowsPerTable);
    const sink = new CsvRegionSink({ factsDir, region: 1 });
    const spent: { readonly cpuUs: number; readonly wallMs: number }[] = [];
    let durable = Promise.resolve();
    for (let day = -1; day < days; day++) {
      const began = { cpuUs: cpuUs(), wallMs: performance.now() };
      sink.openDay(START_MS + day * DAY_MS);
      encodeAll({ encoders: sink.facts }, rows);
      await durable;
      durable = sink.closeDay();
      const wallMs = performance.now() - began.wallMs;
      if (day >= 0) spent.push({ cpuUs: cpuUs() - began.cpuUs, wallMs });
    }
    await durable;
    const dayRows = rowsPerTable * TABLES.length;
    const dayBytes = sink.bytes / (days + 1);
    const seconds = {
      'processor time': median(spent.map((day) => day.cpuUs)) / 1e6,
      'wall time': median(spent.map((day) => day.wallMs)) / 1e3,
    };
    return [
      {
        title: 'CSV sink',
        about:
          'Rows to files on disk, from facts created in advance: encoded, written, synced. Medians of ' +
          `${days} days of ${millions(dayRows)} rows.`,
        columns: ['a second of', 'rows/s', 'bytes/s'],
        rows: Object.entries(seconds).map(([of, daySeconds]) => [
          of,
          millions(dayRows / daySeconds),
          megabytes(dayBytes / daySeconds),
        ]),
      },
    ];
  } finally {
    rmSync(factsDir, { recursive: true });
  }
}

await benchFile(import.meta.url, sinkBench);
