/**
 * Frames a second of the map while the default world is really streamed: simulated, sent into the hub that is
 * started for it, told to the page and drawn, all on this machine.
 *
 *   npx tsx tests/bench/map-frames.ts [seconds] [speed]
 *
 * The page counts the frames it draws. Where there is no graphics card the browser draws on the same cores
 * as the simulation; the load of the machine before the start is printed with the result.
 */
import os from 'node:os';
import type { Page } from 'playwright-core';
import { makeDay } from '../browser/a-day.ts';
import { openBrowser, serve } from '../browser/browser.ts';
import { postJson } from '../helpers/post-json.ts';

const WINDOW_MS = 2000;
/** The middle of a trading day: stores are full, trucks are on the road. */
const FROM = '2024-01-02T16:00:00Z';

/** Runs in the page: frames a second over a window. */
const FRAMES_PER_SECOND = `(async () => {
  const { map } = document.querySelector('.map-frame');
  const [frames, startMs] = [map.frames, performance.now()];
  await new Promise((resolve) => setTimeout(resolve, ${WINDOW_MS}));
  return ((map.frames - frames) * 1000) / (performance.now() - startMs);
})()`;

interface Status {
  readonly events_per_second: number;
  readonly lag_ms: number;
  readonly simulated_time: string;
  readonly target: string;
}

const seconds = Number(process.argv[2] ?? 60);
const speed = Number(process.argv[3] ?? 600);
const [load] = os.loadavg();
const [server, browser] = await Promise.all([serve({ args: ['--seed', '11'] }), openBrowser()]);
try {
  await makeDay(server.url, FROM);
  await postJson(`${server.url}/api/stream/start`, { speed });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${server.url}/#/map`);
  await page.getByText('Trucks driving').first().waitFor({ timeout: 60_000 });
  const begun = await status();
  const startMs = performance.now();
  const rates: number[] = [];
  const [trucks, events, lags]: number[][] = [[], [], []];
  while (performance.now() - startMs < seconds * 1000) {
    rates.push((await page.evaluate(FRAMES_PER_SECOND)) as number);
    trucks.push(await trucksOf(page));
    const { events_per_second, lag_ms } = await status();
    events.push(events_per_second);
    lags.push(lag_ms);
  }
  const ended = await status();
  const spentMs = performance.now() - startMs;
  const simulatedMs = Date.parse(ended.simulated_time) - Date.parse(begun.simulated_time);
  rates.sort((a, b) => a - b);
  const stores = await page.evaluate(
    `document.querySelector('.map-frame').map.state.stores.length`,
  );
  process.stdout.write(
    `${stores} stores, ${Math.min(...trucks)} to ${Math.max(...trucks)} trucks on the map, into ${ended.target}\n` +
      `${rates.length} windows of ${WINDOW_MS / 1000} s: least ${shown(rates[0])}, ` +
      `median ${shown(rates[rates.length >> 1])}, most ${shown(rates.at(-1)!)} frames a second\n` +
      `speed asked for ${speed}, reached ${shown(simulatedMs / spentMs)}; ` +
      `${Math.round(mean(events))} events/s, lag ${Math.round(mean(lags))} ms on average\n` +
      `${os.cpus().length} cores (${os.cpus()[0].model}), Chromium ${browser.version()}, ` +
      `load before ${load.toFixed(1)}, after ${os.loadavg()[0].toFixed(1)}\n`,
  );
} finally {
  await browser.close();
  await server.close();
}

function trucksOf(page: Page): Promise<number> {
  return page.evaluate(
    `document.querySelector('.map-frame').map.state.trucks.length`,
  ) as Promise<number>;
}

async function status(): Promise<Status> {
  return (await (await fetch(`${server.url}/api/stream/status`)).json()) as Status;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function shown(value: number): string {
  return value.toFixed(1);
}
