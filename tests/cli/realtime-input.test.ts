/** `sim run --mode realtime` with what it can't use: a clear word within ten seconds, and no key in it. */
import { writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { AMQP_PORT } from '../../src/hub/hub.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { takeLock } from '../../src/store/lock.ts';
import { readManifest } from '../../src/store/manifest.ts';
import { testHub } from '../hub/clients.ts';
import { SMALL_VOLUME, type SmallWorld, smallWorld } from '../run/small-world.ts';
import { refusingService } from '../delivery/refusing-service.ts';
import { fakeTerminal } from './fake-terminal.ts';

const CANARY = 'canaryKey0123456789+/canary==';
const FROM_MS = Date.parse('2024-03-09T14:00:00Z');
const CUT_MS = Date.parse('2024-03-09T15:00:00Z');

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld(FROM_MS, CUT_MS);
});
afterAll(() => world.remove());
afterEach(() => vi.unstubAllEnvs());

const emulator = (port: number, rest = '') =>
  `Endpoint=sb://localhost:${port};SharedAccessKeyName=send;SharedAccessKey=${CANARY};UseDevelopmentEmulator=true;${rest}`;

/** Streams into what a connection string names; nothing may be generated if that can't work. */
async function sim(connection: string | undefined, ...flags: readonly string[]) {
  if (connection !== undefined) vi.stubEnv(CONNECTION_VARIABLE, connection);
  const paths = world.copy();
  const config = path.join(paths.root, 'config.json');
  writeFileSync(config, JSON.stringify({ seed: 5, volume: SMALL_VOLUME }));
  const terminal = fakeTerminal();
  const startedMs = performance.now();
  const args = ['run', '--mode', 'realtime', '--out', paths.root, '--config', config, ...flags];
  const code = await main(args, terminal);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  const text = terminal.stdout() + terminal.stderr();
  expect(text).not.toContain('canary');
  if (code !== 0) expect(readManifest(paths.manifest)?.committedMs).toBe(CUT_MS);
  return { code, text };
}

async function listening(port: number): Promise<net.Server> {
  const server = net.createServer((socket) => void socket.on('error', () => {}));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

describe('refused before anything is caught up', () => {
  it.each([
    [`Endpoint=sb://h;SharedAccessKey=${CANARY}`, 'SharedAccessKeyName is missing'],
    [`SharedAccessKeyName=send;SharedAccessKey=${CANARY}`, 'Endpoint is missing'],
    [`Endpoint=sb://h;SharedAccessKeyName=${CANARY.slice(0, 4)}`, 'SharedAccessKey is missing'],
    [CANARY, 'Endpoint is missing; SharedAccessKeyName is missing; SharedAccessKey is missing'],
  ])('a malformed connection string', async (connection, missing) => {
    const { code, text } = await sim(connection);
    expect(code).toBe(2);
    expect(text).toContain(missing);
    expect(text).toContain(`environment variable ${CONNECTION_VARIABLE}`);
  });

  it('the name of an event hub that is not there', async () => {
    const hub = await testHub();
    const { code, text } = await sim(emulator(hub.port, 'EntityPath=nosuch'));
    expect({ code, text }).toMatchObject({
      code: 2,
      text: expect.stringMatching(/Cannot find event hub "nosuch" at .*Check EntityPath/),
    });
  });

  it('an address where nobody listens', async () => {
    const server = await listening(0);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { code, text } = await sim(emulator(port), '--fail-fast');
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringMatching(
        /Cannot reach event hub .*ECONNREFUSED.*check that the service is running/,
      ),
    });
  });

  it('a key that lets nobody in', async () => {
    const port = await refusingService(`InvalidSignature: The token ${CANARY} is wrong.`);
    const { code, text } = await sim(emulator(port));
    expect({ code, text }).toMatchObject({
      code: 2,
      text: expect.stringMatching(/access was refused .*check that the key is current/),
    });
  });

  it.each([
    [['--speed', '0'], '--speed is "0"'],
    [['--rate', '0/s'], '--rate is "0/s"'],
    [['--rate', '5/day'], 'such as 500/s, 30/min'],
    [['--rate', '5/s', '--speed', '2'], 'give a rate (--rate) or a speed (--speed), not both'],
    [['--rate', '5', '--catch-up', 'stream'], 'leave out the rate'],
    [['--events', 'receipt_create'], 'did you mean receipt_created'],
    [['--sink', 'kafka'], 'Allowed choices are'],
    [['--duration', '10'], '--duration is "10"'],
    [['--shard', '1/2'], '--shard is for --mode history'],
  ])('%j', async (flags, message) => {
    const { code, text } = await sim(undefined, ...flags);
    expect({ code, text }).toMatchObject({ code: 2, text: expect.stringContaining(message) });
  });

  it('a folder in which another run is at work', async () => {
    const paths = world.copy();
    const release = takeLock(paths.lock);
    onTestFinished(release);
    const terminal = fakeTerminal();
    const flags = ['--mode', 'realtime', '--catch-up', 'none', '--sink', 'blackhole'];
    const code = await main(['run', ...flags, '--out', paths.root], terminal);
    expect({ code, text: terminal.stderr() }).toMatchObject({
      code: 2,
      text: expect.stringContaining(paths.root),
    });
  });
});

it('a hub of its own takes another port where the usual one is taken', async () => {
  // Whoever has it already does as well.
  const server = await listening(AMQP_PORT).catch(() => undefined);
  onTestFinished(() => void server?.close());
  const { code, text } = await sim(
    undefined,
    ...['--catch-up', 'none', '--speed', 'max', '--to', '2024-03-09T15:10:00Z'],
  );
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/tail --port \d+/) });
  expect(text).not.toMatch(new RegExp(`tail --port ${AMQP_PORT}\\b`));
  expect(text).toContain('everything is delivered');
});
