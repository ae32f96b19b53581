/**
 * The whole job: the default world, all tables, to files on disk, in processes of their own, on one
 * worker and on as many as there are cores, in turn.
 */
import { availableParallelism } from 'node:os';
import { type Extent, interleaved, median } from './harness.ts';
import { type HistoryFigures, measureHistory } from './history-case.ts';
import { benchFile } from './process.ts';
import { digits, megabytes, millions, type Table, times } from './table.ts';

/** Of each worker: every thread compiles for itself. */
const WARM_UP_ROWS = 2_000_000;

async function endToEndBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 5 : 1;
  const days = extent === 'full' ? 5 : 3;
  const cores = availableParallelism();
  const world = (workers: number) => ({
    volume: {},
    days,
    warmUpRows: WARM_UP_ROWS * workers,
    workers,
  });
  const { one, all } = await interleaved(
    { one: () => measureHistory(world(1)), all: () => measureHistory(world(cores)) },
    { rounds },
  );
  const of = (runs: HistoryFigures[], figure: (run: HistoryFigures) => number) =>
    median(runs.map(figure));
  const row = (what: string, figure: (run: HistoryFigures) => number, text: Text, ratio: Text) => {
    const [alone, together] = [of(one, figure), of(all, figure)];
    return [what, text(alone), text(together), ratio(together / alone)];
  };
  return [
    {
      title: 'End to end',
      about:
        `${days} days of the default world with all tables, to files on disk. Measured after ` +
        `${millions(WARM_UP_ROWS)} rows of warm-up for each worker, including the commit. Medians of ` +
        `${rounds} interleaved runs. Rows a processor second are the rate of an idle core; the ratio of wall ` +
        'times requires an otherwise idle machine.',
      columns: ['', '1 worker', `${cores} workers`, 'ratio'],
      rows: [
        row('rows a second', (run) => run.countedRows / run.countedSeconds, millions, times),
        row('bytes a second', (run) => run.countedBytes / run.countedSeconds, megabytes, times),
        row(
          'rows a processor second',
          (run) => run.countedRows / run.countedCpuSeconds,
          millions,
          times,
        ),
        row('processor time a customer session', usPerSession, (us) => `${digits(us)} µs`, times),
        row(
          'rows a second of the whole process',
          (run) => run.rows / run.processSeconds,
          millions,
          times,
        ),
        row('peak memory', (run) => run.peakRssBytes, megabytes, times),
      ],
    },
  ];
}

type Text = (value: number) => string;

/** Sessions are as many to a row in what counts as in the whole. */
function usPerSession(run: HistoryFigures): number {
  const sessions = (run.sessions * run.countedRows) / run.rows;
  return (run.countedCpuSeconds * 1e6) / sessions;
}

await benchFile(import.meta.url, endToEndBench);
