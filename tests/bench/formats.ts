/** Formats of a world: the default world in CSV and in Parquet, in processes of their own, in turn. */
import { FORMATS } from '../../src/domain/formats.ts';
import { type Extent, interleaved, median } from './harness.ts';
import { type HistoryFigures, measureHistory } from './history-case.ts';
import { benchFile } from './process.ts';
import { megabytes, millions, type Table, times } from './table.ts';

const WARM_UP_ROWS = 2_000_000;

async function formatsBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 3 : 1;
  const days = extent === 'full' ? 14 : 3;
  const world = { volume: {}, days, warmUpRows: WARM_UP_ROWS, workers: 1 };
  const { csv, parquet } = await interleaved(
    {
      csv: () => measureHistory({ ...world, formats: ['csv'] }),
      parquet: () => measureHistory({ ...world, formats: ['parquet'] }),
    },
    { rounds },
  );
  const row = (
    what: string,
    figure: (run: HistoryFigures) => number,
    text: (value: number) => string,
  ) => {
    const [one, other] = [median(csv.map(figure)), median(parquet.map(figure))];
    return [what, text(one), text(other), times(other / one)];
  };
  return [
    {
      title: 'Formats',
      about:
        `${days} days of the default world with all tables, to files on disk, by one worker. Measured after ` +
        `${millions(WARM_UP_ROWS)} rows of warm-up, including the commit; bytes are those of the facts. Medians of ` +
        `${rounds} interleaved runs.`,
      columns: ['', ...FORMATS, 'ratio'],
      rows: [
        row('rows a processor second', (run) => run.countedRows / run.countedCpuSeconds, millions),
        row('peak memory', (run) => run.peakRssBytes, megabytes),
        row('bytes', (run) => run.bytes, megabytes),
      ],
    },
  ];
}

await benchFile(import.meta.url, formatsBench);
