/**
 * How long previews of a world take, over a socket: `npx tsx tests/bench/previews.ts DIR`.
 *
 * The first one of all, in a server that has just started; the heavy ones seven times; then every table of
 * facts, its newest rows and a day of it by each of its columns, both ways, of which the slowest are told.
 * Meanwhile /health is asked over and over.
 */
import { startServer } from '../../src/api/control.ts';
import { FACTS } from '../../src/domain/facts.ts';

const [dir] = process.argv.slice(2);
const TIMES = 7;
const SLOWEST = 8;
const BAR_MS = 200;

const server = await startServer({ out: dir }, 0);
const say = (line: string) => process.stdout.write(`${line}\n`);
const shown = (ms: number) => `${ms.toFixed(0).padStart(5)} ms`;

async function ask(url: string): Promise<{ ms: number; text: string }> {
  const beganMs = performance.now();
  const response = await fetch(`http://127.0.0.1:${server.port}${url}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return { ms: performance.now() - beganMs, text };
}

function middleAndMost(times: readonly number[]): [number, number] {
  const ordered = times.toSorted((a, b) => a - b);
  return [ordered[ordered.length >> 1], ordered[ordered.length - 1]];
}

const daysOf = async (table: string) =>
  (JSON.parse((await ask(`/api/facts/${table}/summary`)).text) as { days: string[] }).days;
const days = await daysOf('receipts');
const day = days.at(-2) ?? days[0];
say(`${days.length} days`);
// What it loads ahead takes a moment.
await new Promise((resolve) => setTimeout(resolve, 1000));
const cold = await ask(`/api/facts/ble_pings/${day}?order=-RSSI`);
say(`a day by another column, first of all after the start: ${shown(cold.ms)}`);

for (const url of [
  '/api/dashboard/counts',
  '/api/facts/ble_pings?limit=100',
  '/api/facts/ble_pings?limit=1000&offset=10000',
  '/api/facts/ble_pings?limit=100&order=EventTS',
  '/api/facts/ble_pings/recent?limit=100',
  `/api/facts/ble_pings/${day}?limit=100`,
  `/api/facts/ble_pings/${day}?limit=100&order=-RSSI`,
  `/api/facts/ble_pings/${day}?limit=1000&offset=4000&order=-RSSI`,
  `/api/facts/receipt_lines/${day}?limit=100&order=-ExtPrice`,
  `/api/facts/receipts/${day}?limit=100&order=-Total`,
  '/api/facts/stockouts?limit=1000',
  '/api/master/customers?limit=100&order=-LastName',
  '/api/master/store_inventory_snapshots?limit=100&order=-CurrentQuantity',
]) {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) times.push((await ask(url)).ms);
  const [median, most] = middleAndMost(times);
  say(`${url.padEnd(75)} median ${shown(median)}, most ${shown(most)}`);
}

let isOver = false;
const health: number[] = [];
const asking = (async () => {
  while (!isOver) {
    health.push((await ask('/health')).ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
})();
const all: { readonly url: string; readonly ms: number }[] = [];
for (const [table, { columns }] of Object.entries(FACTS)) {
  const urls = [`/api/facts/${table}/recent?limit=1000`];
  if ((await daysOf(table)).includes(day)) {
    for (const { name } of columns) {
      for (const sign of ['', '-']) urls.push(`/api/facts/${table}/${day}?order=${sign}${name}`);
    }
  }
  for (const url of urls) all.push({ url, ms: (await ask(url)).ms });
}
isOver = true;
await asking;
const [median] = middleAndMost(all.map(({ ms }) => ms));
const over = all.filter(({ ms }) => ms >= BAR_MS).length;
say(`${all.length} others: median ${shown(median)}, ${over} of ${BAR_MS} ms or more; the slowest:`);
for (const { url, ms } of all.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST)) {
  say(`${url.padEnd(75)} ${shown(ms)}`);
}
const [usual, longest] = middleAndMost(health);
say(`/health meanwhile: median ${shown(usual)}, most ${shown(longest)}`);
await server.close();
