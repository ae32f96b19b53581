/** Rows to bytes in a buffer: the encoder derived from the fact catalogue, and its rivals. */
import { encodeAll, rivals } from './encoder-rivals.ts';
import { cpuUsOf, type Extent, interleaved, median } from './harness.ts';
import { benchFile } from './process.ts';
import { sample, TABLES } from './sample.ts';
import { megabytes, millions, type Table, times } from './table.ts';

async function encoderBench(extent: Extent): Promise<Table[]> {
  const rowsPerTable = extent === 'full' ? 25_000 : 10_000;
  const rounds = extent === 'full' ? 7 : 3;
  const rows = sample(rowsPerTable);
  const rowsPerPass = rowsPerTable * TABLES.length;
  const runs = rivals();
  const us = await interleaved(
    Object.fromEntries(
      runs.map((rival) => [rival.name, () => cpuUsOf(() => encodeAll(rival, rows))]),
    ),
    { rounds, warmUps: 1 },
  );
  const derivedUs = median(us[runs[0].name]);
  return [
    {
      title: 'Encoder',
      about:
        `Rows encoded as CSV into a buffer in a second of processor time: the same number of ${TABLES.join(', ')}. ` +
        `Medians of ${rounds} interleaved rounds. Speed is relative to the derived encoder.`,
      columns: ['', 'rows/s', 'bytes/s', 'speed'],
      rows: runs.map((rival) => {
        const passUs = median(us[rival.name]);
        const bytesPerPass = rival.bytes() / (rounds + 1);
        return [
          rival.name,
          millions((rowsPerPass / passUs) * 1e6),
          megabytes((bytesPerPass / passUs) * 1e6),
          times(derivedUs / passUs),
        ];
      }),
    },
  ];
}

await benchFile(import.meta.url, encoderBench);
