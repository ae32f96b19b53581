/** A stream whose event hub is not available: when it starts, and when its time is over. */
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { startSim } from '../run/sim-process.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from '../run/small-world.ts';

const FROM_MS = Date.parse('2024-03-08T22:00:00Z');
const CUT_MS = Date.parse('2024-03-09T16:00:00Z');
const WAITS = /note: Cannot reach event hub .*ECONNREFUSED.*Waiting, with another try/g;

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
});
afterAll(() => world.remove());

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function stream(port: number, ...flags: readonly string[]) {
  const paths = world.copy();
  const config = path.join(paths.root, 'config.json');
  writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
  const args = ['run', '--mode', 'realtime', '--out', paths.root, '--config', config];
  const connection = `Endpoint=sb://localhost:${port};SharedAccessKeyName=send;SharedAccessKey=secret;UseDevelopmentEmulator=true`;
  const sim = startSim([...args, '--catch-up', 'none', ...flags], undefined, {
    [CONNECTION_VARIABLE]: connection,
  });
  let said = '';
  sim.child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  onTestFinished(() => void sim.child.kill('SIGKILL'));
  const until = (text: RegExp) => expect.poll(() => said, { timeout: 60_000 }).toMatch(text);
  return { ...sim, paths, until };
}

function storedIn(hub: Hub): number {
  const partitions = Array.from({ length: 8 }, (_, index) => hub.partition('retail-events', index));
  return partitions.flat().length;
}

it('waits for it, says so once, and streams when it is there', async () => {
  const port = await freePort();
  const { ended, until } = await stream(port, '--speed', 'max', '--to', '2024-03-09T17:00:00Z');
  await until(WAITS);
  const hub = await startHub({ port });
  onTestFinished(() => hub.close());
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr.match(WAITS)).toHaveLength(1);
  expect(stderr).toContain('note: The event hub answers now.');
  expect(stderr).toContain('everything is delivered');
  expect(storedIn(hub)).toBeGreaterThan(100);
});

it('ends at once with --fail-fast', async () => {
  const beganMs = performance.now();
  const { ended, paths } = await stream(await freePort(), '--fail-fast');
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(performance.now() - beganMs).toBeLessThan(30_000);
  expect(stderr).toMatch(/error: Cannot reach event hub .*ECONNREFUSED/);
  expect(readManifest(paths.manifest)?.committedMs).toBe(CUT_MS);
});

it('stops waiting at Ctrl-C, and when its time is over', async () => {
  const { child, ended, until } = await stream(await freePort());
  await until(WAITS);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('Stopped before the event hub was available; nothing was streamed.');

  const timed = await stream(await freePort(), '--duration', '2s', '--json');
  const over = await timed.ended;
  expect(over.code).toBe(1);
  expect(over.stderr).toMatch(/error: Nothing was streamed before the time was over: Cannot reach/);
  expect(JSON.parse(over.stdout.split('\n')[0])).toMatchObject({ type: 'waiting' });
});

it('ends when its time is over though the receiver is down, and keeps pending events', async () => {
  const hub = await startHub({ port: 0 });
  onTestFinished(() => hub.close());
  const { ended, until } = await stream(
    hub.port,
    ...['--speed', '600', '--duration', '8s', '--json'],
  );
  await until(/Streaming to/);
  await expect.poll(() => storedIn(hub), { timeout: 60_000 }).toBeGreaterThan(0);
  const down = hub.outage(120_000);
  down.catch(() => {});
  const { code, stderr, stdout } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('Stopped with events pending: the next run sends them');
  const { total } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(total.inFlight).toBeGreaterThan(0);
  expect(total.generated).toBe(total.acknowledged + total.deadLettered + total.inFlight);
}, 120_000);
