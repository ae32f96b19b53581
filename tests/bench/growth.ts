/**
 * `npm run bench:growth`: how time and memory grow with the volumes of a world, one at a time.
 *
 * Time is that of the processor, start, masters and commits included, so it says the same on a busy
 * machine; memory is the peak of the process. A process for each world.
 */
import { spawnSync } from 'node:child_process';
import { execArgv, execPath, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const FACTORS = [1, 4, 16];
const BASE_DAYS = 2;
const BASE = {
  stores: 42,
  dcs: 5,
  total_geographies: 578,
  total_customers: 226_000,
  total_products: 2500,
  customers_per_day: 1000,
  online_orders_per_day: 1250,
};
type Volume = typeof BASE;

/** What grows, as volumes and days at a factor. Stores bring their customers and orders along. */
const DIMENSIONS: Record<string, (factor: number) => { volume: Partial<Volume>; days?: number }> = {
  stores: (factor) => ({
    volume: {
      stores: BASE.stores * factor,
      total_customers: BASE.total_customers * factor,
      online_orders_per_day: BASE.online_orders_per_day * factor,
    },
  }),
  'stores and DCs': (factor) => ({
    volume: {
      stores: 20 * factor,
      dcs: factor,
      total_customers: 100_000 * factor,
      online_orders_per_day: 600 * factor,
    },
  }),
  customers: (factor) => ({ volume: { total_customers: BASE.total_customers * factor } }),
  products: (factor) => ({ volume: { total_products: 625 * factor } }),
  visits: (factor) => ({ volume: { customers_per_day: 250 * factor } }),
  days: (factor) => ({ volume: {}, days: BASE_DAYS * factor }),
};

interface Figures {
  readonly rows: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

function measured(volume: Partial<Volume>, days: number): Figures {
  const script = fileURLToPath(new URL('./history-process.ts', import.meta.url));
  const runtime = 'Deno' in globalThis ? ['run', '-A'] : execArgv;
  const given = JSON.stringify({ ...BASE, ...volume });
  const child = spawnSync(execPath, [...runtime, script, '0', `${days}`, given], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`The growth bench failed:\n${child.stderr}`);
  return JSON.parse(child.stdout) as Figures;
}

stdout.write(
  '| grows | factor | rows | CPU s | us/row | peak RSS MB |\n|---|---|---|---|---|---|\n',
);
for (const [name, at] of Object.entries(DIMENSIONS)) {
  for (const factor of FACTORS) {
    const { volume, days = BASE_DAYS } = at(factor);
    const { rows, cpuSeconds, peakRssBytes } = measured(volume, days);
    const cells = [
      name,
      `${factor}x`,
      `${(rows / 1e6).toFixed(2)} M`,
      cpuSeconds.toFixed(1),
      ((cpuSeconds / rows) * 1e6).toFixed(2),
      (peakRssBytes / 1e6).toFixed(0),
    ];
    stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}
