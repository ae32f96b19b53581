/** Formats of a world: the default world in each, in processes of their own, in turn. */
import { FORMATS, type Format } from '../../src/domain/formats.ts';
import { type Extent, interleaved, median } from './harness.ts';
import { type HistoryFigures, measureHistory } from './history-case.ts';
import { benchFile } from './process.ts';
import { megabytes, millions, type Table, times } from './table.ts';

const WARM_UP_ROWS = 2_000_000;

async function formatsBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 3 : 1;
  const days = extent === 'full' ? 14 : 3;
  const world = { volume: {}, days, warmUpRows: WARM_UP_ROWS, workers: 1 };
  const runs = await interleaved(
    Object.fromEntries(
      FORMATS.map((format) => [format, () => measureHistory({ ...world, formats: [format] })]),
    ) as Record<Format, () => Promise<HistoryFigures>>,
    { rounds },
  );
  const row = (
    what: string,
    figure: (run: HistoryFigures) => number,
    text: (value: number) => string,
  ) => {
    const [csv, ...others] = FORMATS.map((format) => median(runs[format].map(figure)));
    return [what, ...[csv, ...others].map(text), ...others.map((value) => times(value / csv))];
  };
  return [
    {
      title: 'Formats',
      about:
        `${days} days of the default world with all tables, to files on disk, by one worker. Measured after ` +
        `${millions(WARM_UP_ROWS)} rows of warm-up, including the commit; bytes are those of the facts. Medians of ` +
        `${rounds} interleaved runs.`,
      columns: ['', ...FORMATS, ...FORMATS.slice(1).map((format) => `${format} to csv`)],
      rows: [
        row('rows a processor second', (run) => run.countedRows / run.countedCpuSeconds, millions),
        row('peak memory', (run) => run.peakRssBytes, megabytes),
        row('bytes', (run) => run.bytes, megabytes),
      ],
    },
  ];
}

await benchFile(import.meta.url, formatsBench);
