/**
 * How long previews of a world take: `npx tsx tests/bench/previews.ts DIR`, over a socket, seven times each.
 */
import { startServer } from '../../src/control/control.ts';

const [dir] = process.argv.slice(2);
const TIMES = 7;
const server = await startServer({ out: dir }, 0);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function ask(url: string): Promise<{ ms: number; text: string }> {
  const beganMs = performance.now();
  const response = await fetch(`http://127.0.0.1:${server.port}${url}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`);
  return { ms: performance.now() - beganMs, text };
}

const { days } = JSON.parse((await ask('/api/facts/receipts/summary')).text) as { days: string[] };
const day = days.at(-2) ?? days[0];
say(`${days.length} days`);
for (const url of [
  '/api/dashboard/counts',
  '/api/facts/ble_pings?limit=100',
  '/api/facts/ble_pings?limit=1000&offset=10000',
  '/api/facts/ble_pings?limit=100&order=EventTS',
  '/api/facts/ble_pings/recent?limit=100',
  `/api/facts/ble_pings/${day}?limit=100`,
  `/api/facts/ble_pings/${day}?limit=100&order=-RSSI`,
  `/api/facts/receipt_lines/${day}?limit=100&order=-ExtPrice`,
  `/api/facts/receipts/${day}?limit=100&order=-Total`,
  '/api/facts/stockouts?limit=1000',
  '/api/master/customers?limit=100&order=-LastName',
  '/api/master/store_inventory_snapshots?limit=100&order=-CurrentQuantity',
]) {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) times.push((await ask(url)).ms);
  times.sort((a, b) => a - b);
  const [median, most] = [times[TIMES >> 1], times[TIMES - 1]].map((ms) => ms.toFixed(0));
  say(`${url.padEnd(75)} median ${median.padStart(5)} ms, most ${most.padStart(5)} ms`);
}
await server.close();
