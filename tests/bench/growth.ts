/**
 * How time and memory grow with the world: each dimension 1, 4 and 16 times that of a small base world,
 * the others as they were, in processes of their own.
 */
import { type Extent, interleaved, median } from './harness.ts';
import { type HistoryCase, type HistoryFigures, measureHistory } from './history-case.ts';
import { benchFile } from './process.ts';
import { digits, megabytes, millions, type Table, times } from './table.ts';

const BASE = {
  stores: 4,
  dcs: 2,
  total_customers: 20_000,
  total_products: 1000,
  customers_per_day: 2000,
  online_orders_per_day: 240,
} as const;
const BASE_DAYS = 16;
/** More stores write as much in fewer days; with fewer than these the opening of the world would weigh. */
const LEAST_DAYS = 3;
const WARM_UP_ROWS = 1_200_000;

type Dimension = 'stores' | 'customers' | 'products' | 'days';

/** What of the base world a dimension multiplies. */
const GROWN: Readonly<Record<Dimension, (factor: number) => HistoryCase>> = {
  stores: (factor) =>
    history({ stores: BASE.stores * factor }, Math.max(LEAST_DAYS, BASE_DAYS / factor)),
  customers: (factor) => history({ total_customers: BASE.total_customers * factor }),
  products: (factor) => history({ total_products: BASE.total_products * factor }),
  days: (factor) => history({}, BASE_DAYS * factor),
};
const DIMENSIONS = Object.keys(GROWN) as Dimension[];

function history(volume: Partial<Record<keyof typeof BASE, number>>, days = BASE_DAYS) {
  return { volume: { ...BASE, ...volume }, days, warmUpRows: WARM_UP_ROWS, workers: 1 };
}

async function growthBench(extent: Extent): Promise<Table[]> {
  const rounds = extent === 'full' ? 3 : 1;
  const factors = extent === 'full' ? [4, 16] : [4];
  const cases: Record<string, () => Promise<HistoryFigures>> = {
    base: () => measureHistory(history({})),
  };
  for (const dimension of DIMENSIONS) {
    for (const factor of factors) {
      cases[`${dimension} ${factor}`] = () => measureHistory(GROWN[dimension](factor));
    }
  }
  const runs = await interleaved(cases, { rounds });
  const of = (name: string, figure: (run: HistoryFigures) => number) =>
    median(runs[name].map(figure));
  const base = {
    usPerRow: of('base', usPerRow),
    rssBytes: of('base', ({ peakRssBytes }) => peakRssBytes),
  };
  const row = (what: string, factor: number, name: string) => {
    const rowUs = of(name, usPerRow);
    const rssBytes = of(name, ({ peakRssBytes }) => peakRssBytes);
    return [
      what,
      `${factor}`,
      millions(of(name, ({ rows }) => rows)),
      `${digits(rowUs)} µs`,
      times(rowUs / base.usPerRow),
      megabytes(rssBytes),
      times(rssBytes / base.rssBytes),
    ];
  };
  return [
    {
      title: 'Growth',
      about:
        `Processor time of a row and peak memory when one dimension of a world grows. The base has ` +
        `${BASE.stores} stores of ${BASE.customers_per_day} visits a day, ${BASE.dcs} distribution centers, ` +
        `${BASE.total_customers} customers, ${BASE.total_products} products and ${BASE_DAYS} days (more stores have fewer ` +
        `days, at least ${LEAST_DAYS}); one worker, to files on disk, after ${millions(WARM_UP_ROWS)} rows of warm-up. Medians of ${rounds} ` +
        'interleaved runs.',
      columns: ['', 'factor', 'rows', 'a row', 'to base', 'memory', 'to base'],
      rows: [
        row('base', 1, 'base'),
        ...DIMENSIONS.flatMap((dimension) =>
          factors.map((factor) => row(dimension, factor, `${dimension} ${factor}`)),
        ),
      ],
    },
  ];
}

function usPerRow({ countedCpuSeconds, countedRows }: HistoryFigures): number {
  return (countedCpuSeconds * 1e6) / countedRows;
}

await benchFile(import.meta.url, growthBench);
