/** Ports, hosts, health, names; and that a closed hub leaves nothing behind. */
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { startHub } from '../../src/hub/hub.ts';
import { ENTITY, send, stored, testHub, testProducer, until } from './clients.ts';

it('listens only on this machine by default', async () => {
  const hub = await testHub();
  expect(hub.connectionString('e')).toBe(
    `Endpoint=sb://localhost:${hub.port};SharedAccessKeyName=RootManageSharedAccessKey;` +
      'SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;EntityPath=e;',
  );
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.org', '127.0.0.1.example.org']) {
    await expect(startHub({ port: 0, host })).rejects.toThrow(/other machines may reach it/);
  }
  const open = await testHub({ host: '0.0.0.0', allowRemote: true });
  await send(testProducer(open), [1]);
});

it('names the port that is in use, and takes a free one if none was given', async () => {
  const hub = await testHub();
  const again = startHub({ port: hub.port });
  await expect(again).rejects.toThrow(InputError);
  await expect(again).rejects.toThrow(new RegExp(`port ${hub.port}: another program uses it`));
  const blocker = createServer();
  await new Promise<void>((resolve) => {
    // Whoever holds the port of AMQP, this test or another program: it is taken.
    blocker.once('error', () => resolve());
    blocker.listen(5672, '127.0.0.1', resolve);
  });
  onTestFinished(() => void blocker.close());
  const free = await startHub();
  onTestFinished(() => free.close());
  expect(free.port).not.toBe(5672);
  await send(testProducer(free), [1]);
});

it('answers health checks', async () => {
  const hub = await testHub({ healthPort: 0 });
  const at = (path: string) => fetch(`http://127.0.0.1:${hub.healthPort}${path}`);
  const response = await at('/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'healthy' });
  expect((await at('/')).status).toBe(404);
  const taken = startHub({ port: 0, healthPort: hub.healthPort });
  await expect(taken).rejects.toThrow(`health checks on port ${hub.healthPort}`);
  await hub.close();
  await expect(at('/health')).rejects.toThrow();
});

it.each([
  [{ name: 'a b', partitionCount: 1, consumerGroups: [] }, /the name "a b"/],
  [{ name: '', partitionCount: 1, consumerGroups: [] }, /the name ""/],
  [{ name: 'a', partitionCount: 0, consumerGroups: [] }, /0 partitions for "a"/],
  [{ name: 'a', partitionCount: 1.5, consumerGroups: [] }, /1.5 partitions/],
  [{ name: 'a', partitionCount: 1, consumerGroups: ['x/y'] }, /group "x\/y" of "a"/],
])('refuses the event hub %o', async (entity, message) => {
  await expect(startHub({ port: 0, entities: [entity] })).rejects.toThrow(message);
});

it('refuses wrong retention, and names given twice', async () => {
  await expect(startHub({ port: 0, retentionMs: 0 })).rejects.toThrow('retentionMs 0');
  await expect(startHub({ port: 0, retentionBytes: Number.NaN })).rejects.toThrow('retentionBytes');
  const twice = ['a', 'A'].map((name) => ({ name, partitionCount: 1, consumerGroups: [] }));
  await expect(startHub({ port: 0, entities: twice })).rejects.toThrow('two event hubs named "A"');
  await expect(startHub({ port: 0, entities: [] })).rejects.toThrow('no event hubs');
});

it('reads only partitions that there are', async () => {
  const hub = await testHub();
  expect(() => hub.partition(ENTITY, 8)).toThrow(/partition 8 of "retail-events".*\(8\)/);
  expect(() => hub.partition('nowhere', 0)).toThrow(RangeError);
});

it('survives clients with another protocol, or that stop in the middle of a frame', async () => {
  const hub = await testHub();
  const openings = [
    'GET / HTTP/1.1\r\n\r\n',
    'AMQP\x00\x00\x09\x01',
    'AMQP\x00\x01\x00\x00\x00\x00\x00\x08\x02\x00\x00\x00\xff\xff\xff\xff',
    'AMQP\x03\x01\x00\x00\x00\x00',
    'AM',
  ];
  for (const opening of openings) {
    const socket = connect(hub.port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.on('error', () => {});
    socket.write(Buffer.from(opening, 'latin1'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.destroy();
  }
  await until(() => hub.stats().connections === 0);
  expect(hub.stats().brokenConnections).toBe(2);
  await send(testProducer(hub), [1]);
  expect(stored(hub)).toEqual([1]);
});

it('leaves nothing behind that keeps the process alive, whatever clients are connected', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/hub/close-process.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const closedMs = new Promise<number>((resolve) => {
    child.stdout.on('data', () => output.includes('closed') && resolve(performance.now()));
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, output }).toEqual({ code: 0, output: 'closed\n' });
  expect(performance.now() - (await closedMs)).toBeLessThan(3_000);
});
