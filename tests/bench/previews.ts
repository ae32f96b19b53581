/**
 * How long previews of a world take, over a socket: `npx tsx tests/bench/previews.ts DIR`.
 *
 * The first call of all, in a server that has just started; the heavy ones seven times; then every table of
 * facts, its newest rows and a day of it by each of its columns, of which the slowest are told. What is
 * remembered does not count there: no two of those calls ask for the same. Meanwhile /health is asked
 * over and over.
 */
import { startServer } from '../../src/control/control.ts';
import { FACTS } from '../../src/domain/facts.ts';

const [dir] = process.argv.slice(2);
const TIMES = 7;
const SLOWEST = 8;

let server = await startServer({ out: dir }, 0);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function ask(url: string): Promise<{ ms: number; text: string }> {
  const beganMs = performance.now();
  const response = await fetch(`http://127.0.0.1:${server.port}${url}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return { ms: performance.now() - beganMs, text };
}

/** Another server, which remembers nothing. */
async function restart(): Promise<void> {
  await server.close();
  server = await startServer({ out: dir }, 0);
  await ask('/health');
}

const shown = (ms: number) => `${ms.toFixed(0).padStart(5)} ms`;

await ask('/health');
const cold = await ask('/api/facts/ble_pings?limit=100');
const { days } = JSON.parse((await ask('/api/facts/receipts/summary')).text) as { days: string[] };
const day = days.at(-2) ?? days[0];
say(`${days.length} days`);
say(`first preview after the start: ${shown(cold.ms)}`);

for (const url of [
  '/api/dashboard/counts',
  '/api/facts/ble_pings?limit=100',
  '/api/facts/ble_pings?limit=1000&offset=10000',
  '/api/facts/ble_pings?limit=100&order=EventTS',
  '/api/facts/ble_pings/recent?limit=100',
  `/api/facts/ble_pings/${day}?limit=100`,
  `/api/facts/ble_pings/${day}?limit=100&order=-RSSI`,
  `/api/facts/ble_pings/${day}?limit=1000&offset=10000&order=-RSSI`,
  `/api/facts/receipt_lines/${day}?limit=100&order=-ExtPrice`,
  `/api/facts/receipts/${day}?limit=100&order=-Total`,
  '/api/facts/stockouts?limit=1000',
  '/api/master/customers?limit=100&order=-LastName',
  '/api/master/store_inventory_snapshots?limit=100&order=-CurrentQuantity',
]) {
  const times: number[] = [];
  const again: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await restart();
    times.push((await ask(url)).ms);
    again.push((await ask(url)).ms);
  }
  const [median, most] = middleAndMost(times);
  const [remembered] = middleAndMost(again);
  say(
    `${url.padEnd(75)} median ${shown(median)}, most ${shown(most)}, asked again ${shown(remembered)}`,
  );
}

await restart();
const health: number[] = [];
let isOver = false;
const asking = (async () => {
  while (!isOver) {
    health.push((await ask('/health')).ms);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
const slow: { url: string; ms: number }[] = [];
for (const [table, { columns }] of Object.entries(FACTS)) {
  const { days: ofTable } = JSON.parse((await ask(`/api/facts/${table}/summary`)).text) as {
    days: string[];
  };
  const urls = [`/api/facts/${table}/recent?limit=1000`];
  if (ofTable.includes(day)) {
    for (const { name } of columns) {
      for (const sign of ['', '-']) urls.push(`/api/facts/${table}/${day}?order=${sign}${name}`);
    }
  }
  for (const url of urls) slow.push({ url, ms: (await ask(url)).ms });
}
isOver = true;
await asking;
slow.sort((a, b) => b.ms - a.ms);
const late = slow.filter(({ ms }) => ms >= 200).length;
say(
  `${slow.length} previews, one time each: median ${shown(slow[slow.length >> 1].ms)}, ${late} of 200 ms or more`,
);
for (const { url, ms } of slow.slice(0, SLOWEST)) say(`  ${url.padEnd(73)} ${shown(ms)}`);
say(
  `/health meanwhile: median ${shown(middleAndMost(health)[0])}, most ${shown(Math.max(...health))}`,
);
await server.close();

function middleAndMost(times: readonly number[]): [number, number] {
  const sorted = times.toSorted((a, b) => a - b);
  return [sorted[sorted.length >> 1], sorted[sorted.length - 1]];
}
