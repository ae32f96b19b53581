/**
 * What those who watch cost: a stream as fast as it goes, by turns without and with so many live clients.
 *
 *   npx tsx tests/bench/live-clients.ts [clients] [seconds a turn] [turns]
 *
 * The clients run in a process of their own. Events per second of the server's CPU time are compared, as
 * the clients take cores from the simulation on a small machine; memory is the server's, all threads. The
 * world and the machine change with time, so each turn with clients is held against those around it.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../src/api/control.ts';

const HERE = fileURLToPath(import.meta.url);

if (process.send !== undefined) await watch(Number(process.argv[2]), Number(process.argv[3]));
else
  await measure(
    Number(process.argv[2] ?? 200),
    Number(process.argv[3] ?? 15),
    Number(process.argv[4] ?? 7),
  );

/** The process of the clients: opens and closes them when it is told to. */
async function watch(port: number, clients: number): Promise<void> {
  let abort = new AbortController();
  let bytes = 0;
  process.on('message', (open: boolean) => {
    if (!open) {
      abort.abort();
      process.send?.(bytes);
      return;
    }
    abort = new AbortController();
    bytes = 0;
    for (let client = 0; client < clients; client++) {
      void (async () => {
        const url = `http://127.0.0.1:${port}/api/live`;
        const { body } = await fetch(url, { signal: abort.signal });
        for await (const chunk of body ?? []) bytes += chunk.length;
      })().catch(() => {});
    }
  });
}

async function measure(clients: number, seconds: number, turns: number): Promise<void> {
  const base = mkdtempSync(path.join(os.tmpdir(), 'bench-live-'));
  const server = await startServer({ preset: 'small', out: path.join(base, 'w') }, 0);
  const { jobs, tasks, live } = server.control.services;
  const ask = (url: string, body: object) =>
    fetch(`http://127.0.0.1:${server.port}${url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await ask('/api/generate/historical', { end_date: '2024-01-02' });
  while (tasks.running !== undefined) await sleep(100);
  await jobs.idle();
  await ask('/api/stream/start', { speed: 'max', sink: 'blackhole' });
  while ((jobs.streamStatus?.total.acknowledged ?? 0) === 0) await sleep(100);
  const child = fork(HERE, [String(server.port), String(clients)], { execArgv: process.execArgv });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say('clients  events/s  events/CPU-s  RSS MB  dropped  MB to clients');
  const rates: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const watched = turn % 2 === 1;
    if (watched) {
      child.send(true);
      while (live.broadcast.watchers < clients) await sleep(50);
    }
    const cpu = process.cpuUsage();
    const before = jobs.streamStatus?.total.acknowledged ?? 0;
    const beganMs = performance.now();
    await sleep(seconds * 1000);
    const events = (jobs.streamStatus?.total.acknowledged ?? 0) - before;
    const { user, system } = process.cpuUsage(cpu);
    const perCpu = events / ((user + system) / 1e6);
    let bytes = 0;
    if (watched) {
      child.send(false);
      bytes = await new Promise<number>((resolve) => child.once('message', resolve as never));
      while (live.broadcast.watchers > 0) await sleep(50);
    }
    rates.push(perCpu);
    const perSecond = events / ((performance.now() - beganMs) / 1000);
    say(
      [
        String(watched ? clients : 0).padStart(7),
        Math.round(perSecond).toString().padStart(9),
        Math.round(perCpu).toString().padStart(13),
        Math.round(process.memoryUsage.rss() / 1e6)
          .toString()
          .padStart(7),
        String(live.broadcast.dropped).padStart(8),
        (bytes / 1e6).toFixed(1).padStart(14),
      ].join(' '),
    );
  }
  // Odd turns have clients; the last one without closes the comparison.
  const ratios = rates.flatMap((rate, turn) => {
    const after = rates[turn + 1];
    return turn % 2 === 0 || after === undefined ? [] : [rate / ((rates[turn - 1] + after) / 2)];
  });
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  say(
    `with / without, events per CPU second: ${mean.toFixed(3)} (${ratios.map((each) => each.toFixed(3)).join(', ')})`,
  );
  child.kill();
  await server.close();
  rmSync(base, { recursive: true, force: true });
}
