/** `sim hub` and `sim tail`, alone and together. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { EventHubProducerClient } from '@azure/event-hubs';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { tailConnection } from '../../src/cli/tail-connection.ts';
import { redact } from '../../src/domain/secret.ts';
import { CONNECTION_VARIABLE } from '../../src/sinks/event-hubs/credentials.ts';
import { configOf } from '../../src/world/config.ts';
import { ENTITY, send, testHub, testProducer, until } from '../hub/clients.ts';
import { type SimProcess, startSim } from '../run/sim-process.ts';
import { fakeTerminal } from './fake-terminal.ts';

afterEach(() => vi.unstubAllEnvs());

async function sim(...args: string[]) {
  const terminal = fakeTerminal();
  const code = await main(args, terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

function running(...args: string[]): SimProcess & { readonly stdout: () => string } {
  const process = startSim(args);
  onTestFinished(() => void process.child.kill('SIGKILL'));
  let stdout = '';
  process.child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  return { ...process, stdout: () => stdout };
}

/** A hub with nine events of two types under three keys. */
async function filledHub() {
  const hub = await testHub();
  const producer = testProducer(hub);
  for (const key of ['S1', 'S2', 'S3']) {
    const events = [1, 2, 3].map((n) => {
      const event_type = n === 2 ? 'stockout_detected' : 'receipt_created';
      return { body: { event_type, partition_key: key, n }, properties: { event_type } };
    });
    await producer.sendBatch(events, { partitionKey: key });
  }
  return hub;
}

const lines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('sim hub', () => {
  it('says where it listens, serves, and ends at Ctrl-C', async () => {
    const hub = running('hub', '--port', '0', '--partitions', '3', '--json');
    await until(() => hub.stdout().endsWith('\n'), 50_000);
    const { port, healthPort, connectionString, entities } = JSON.parse(hub.stdout());
    expect(entities).toEqual([{ name: ENTITY, partitionCount: 3, consumerGroups: ['tail'] }]);
    expect(connectionString).toContain(`localhost:${port};`);
    expect((await fetch(`http://127.0.0.1:${healthPort}/health`)).status).toBe(200);
    const taken = await sim('hub', '--port', String(port));
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain(`port ${port}: another program uses it`);
    hub.child.kill('SIGINT');
    const { code, stderr } = await hub.ended;
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('0 events'),
    });
  });

  it('keeps as much as it is told, and says so where that makes no sense', async () => {
    const kept = ['--retention-bytes', '3000', '--retention-hours', '1'];
    const hub = running('hub', '--port', '0', '--partitions', '1', '--json', ...kept);
    await until(() => hub.stdout().endsWith('\n'), 50_000);
    const { connectionString } = JSON.parse(hub.stdout());
    const producer = new EventHubProducerClient(connectionString, ENTITY);
    onTestFinished(() => producer.close());
    for (let n = 0; n < 10; n++) await producer.sendBatch([{ body: 'x'.repeat(1_000) }]);
    const { beginningSequenceNumber, lastEnqueuedSequenceNumber } =
      await producer.getPartitionProperties('0');
    expect(lastEnqueuedSequenceNumber).toBe(9);
    expect([8, 9]).toContain(beginningSequenceNumber);
    for (const flag of ['--retention-bytes', '--retention-hours']) {
      const refused = await sim('hub', flag, '0');
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(`${flag}`);
    }
  });

  it('takes names from a Config.json, and says how to see what arrives', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-hub-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'Config.json');
    const entity = { Name: 'eh1', PartitionCount: '2', ConsumerGroups: [{ Name: 'cg1' }] };
    const namespace = { Type: 'EventHub', Name: 'emulatorNs1', Entities: [entity] };
    writeFileSync(file, JSON.stringify({ UserConfig: { NamespaceConfig: [namespace] } }));
    const hub = running('hub', '--port', '0', '--config', file);
    await until(() => hub.stdout().includes('Ctrl-C ends it'), 50_000);
    expect(hub.stdout()).toContain('eh1: 2 partitions, consumer groups $Default, cg1\n');
    const [, connection] = /^ {2}(Endpoint=.*)$/m.exec(hub.stdout()) ?? [];
    const producer = new EventHubProducerClient(connection);
    await producer.sendBatch([{ body: { n: 1 } }], { partitionId: '1' });
    await producer.close();
    const [, hint] = / tail (--port .*)$/m.exec(hub.stdout()) ?? [];
    const words = hint.replaceAll("'", '').split(' ');
    const { stdout } = await sim('tail', ...words, '--from', 'earliest', '--limit', '1');
    expect(stdout).toBe('{"n":1}\n');
    hub.child.kill('SIGTERM');
    expect((await hub.ended).code).toBe(0);
  });

  it('refuses a Config.json that is none, saying where', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-hub-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'Config.json');
    writeFileSync(file, '{\n  "UserConfig": ,\n}');
    expect((await sim('hub', '--config', file)).stderr).toContain('Config.json, line 2, column 17');
    writeFileSync(file, '{"UserConfig": {}}');
    const { code, stderr } = await sim('hub', '--config', file);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'UserConfig.NamespaceConfig is missing: expected a list of namespaces',
    );
    expect((await sim('hub', '--config', `${file}x`)).stderr).toContain('ENOENT');
    expect((await sim('hub', '--config', file, '--partitions', '2')).code).toBe(2);
    expect((await sim('hub', '--host', '0.0.0.0')).stderr).toContain('accepts every client');
  });
});

describe('sim tail', () => {
  it('prints every event on a line of its own, as it was sent', async () => {
    const hub = await filledHub();
    const { code, stdout, stderr } = await sim(
      ...['tail', '--port', String(hub.port), '--from', 'earliest', '--limit', '9'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout)).toHaveLength(9);
    expect(stdout).toContain('{"event_type":"receipt_created","partition_key":"S1","n":1}\n');
  });

  it.each([
    [['--type', 'stockout_detected'], 3],
    [['--type', 'stockout_detected,receipt_created', '--key', 'S2'], 3],
    [['--key', 'S3', '--type', 'stockout_detected', '--pretty'], 1],
    [['--from', '2020-01-01'], 9],
  ])('filters: %j', async (filter, count) => {
    const hub = await filledHub();
    const from = filter.includes('--from') ? [] : ['--from', 'earliest'];
    const { stdout } = await sim(
      ...['tail', '--port', String(hub.port), ...from, '--limit', String(count), ...filter],
    );
    const found = filter.includes('--pretty') ? [JSON.parse(stdout)] : lines(stdout);
    expect(found).toHaveLength(count);
    const key = filter[filter.indexOf('--key') + 1];
    if (filter.includes('--key')) {
      expect(found.every(({ partition_key }) => partition_key === key)).toBe(true);
    }
    if (filter.includes('--pretty')) expect(stdout).toContain('{\n  "event_type"');
  });

  it('reads one partition, and bodies that are no JSON', async () => {
    const hub = await testHub();
    const producer = testProducer(hub);
    await producer.sendBatch(
      ['plain "text"\n', '{"a":\n1}'].map((text) => ({ body: Buffer.from(text) })),
      { partitionId: '6' },
    );
    await send(producer, ['elsewhere']);
    const { stdout } = await sim(
      ...['tail', '--port', String(hub.port), '--from', 'earliest'],
      ...['--partition', '6', '--limit', '2'],
    );
    expect(stdout).toBe('"plain \\"text\\"\\n"\n{"a":1}\n');
  });

  it('follows what comes, and ends at Ctrl-C', async () => {
    const hub = await testHub();
    const tail = running('tail', '--port', String(hub.port));
    const producer = testProducer(hub);
    const timer = setInterval(() => void send(producer, [{ n: 1 }]).catch(() => {}), 100);
    await until(() => tail.stdout().includes('{"n":1}\n'), 50_000).finally(() =>
      clearInterval(timer),
    );
    tail.child.kill('SIGINT');
    expect(await tail.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends without complaint when nobody reads on', async () => {
    const hub = await filledHub();
    const tail = running('tail', '--port', String(hub.port), '--from', 'earliest');
    await until(() => tail.stdout() !== '', 50_000);
    tail.child.stdout?.destroy();
    await send(testProducer(hub), Array(50).fill('x'.repeat(1_000)));
    expect(await tail.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('says within ten seconds that there is nothing, and what to do', async () => {
    const port = await freePort();
    const startedMs = performance.now();
    const { code, stderr } = await sim('tail', '--port', String(port));
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(code).toBe(1);
    expect(stderr).toContain(`Cannot read event hub "${ENTITY}" at localhost:${port}`);
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).toContain('start it with:');
  });

  it('says so when what is there never answers', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const startedMs = performance.now();
    const { code, stderr } = await sim('tail', '--port', String(port));
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Cannot read'),
    });
  });

  it.each([
    [['--hub', 'nowhere'], "'nowhere' could not be found"],
    [['--consumer-group', 'nobody'], 'Check --hub and --consumer-group'],
    [['--partition', '8'], 'expected one of 0, 1, 2'],
    [['--from', 'yesterday'], '--from'],
    [['--limit', '0'], '--limit is "0"'],
  ])('refuses %j', async (flags, message) => {
    const hub = await testHub();
    const { code, stderr } = await sim('tail', '--port', String(hub.port), ...flags);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('reads the connection string from the environment, and never prints its key', async () => {
    const hub = await filledHub();
    const canary = 'CanaryKey+with/special=chars==';
    const through = (port: number) =>
      `Endpoint=sb://localhost:${port};SharedAccessKeyName=k;SharedAccessKey=${canary};UseDevelopmentEmulator=true`;
    vi.stubEnv(CONNECTION_VARIABLE, `${through(hub.port)};EntityPath=${ENTITY}`);
    const good = await sim('tail', '--from', 'earliest', '--limit', '9');
    expect(good.code).toBe(0);
    const bad: [string, string][] = [
      [`${through(await freePort())};EntityPath=e`, 'ECONNREFUSED'],
      [`${through(hub.port)};EntityPath=e`, "'e' could not be found"],
      [`Endpoint=sb://x;SharedAccessKey=${canary};EntityPath=e`, 'SharedAccessKeyName is missing'],
      [`SharedAccessKeyName=k;SharedAccessKey=${canary};EntityPath=e`, 'Endpoint is missing'],
      [canary, 'Endpoint is missing; SharedAccessKeyName is missing; SharedAccessKey is missing'],
    ];
    for (const [text, message] of bad) {
      vi.stubEnv(CONNECTION_VARIABLE, text);
      const { code, stdout, stderr } = await sim('tail');
      expect(code).not.toBe(0);
      expect(stderr).toContain(message);
      expect(stdout + stderr).not.toContain('Canary');
    }
  });

  it('reads what the stream would send to, and masks its key', async () => {
    const given =
      'Endpoint=sb://ns.servicebus.windows.net/;SharedAccessSignature=SharedAccessSignature sr=a&sig=b;EntityPath=e';
    const sources = { environment: { [CONNECTION_VARIABLE]: given }, folder: os.tmpdir() };
    const config = configOf({ stream: { hub: 'mine' } });
    expect(await tailConnection({}, config, sources)).toMatchObject({
      connection: { eventHub: 'e', parsed: { host: 'ns.servicebus.windows.net' } },
      consumerGroup: '$Default',
      isLocal: false,
    });
    expect(redact(`no ${given} and no SharedAccessSignature sr=a&sig=b`)).not.toMatch(/sr=a|sig=b/);
    await expect(tailConnection({ hub: 'other' }, config, sources)).rejects.toThrow(
      'is for "e" (EntityPath) only',
    );
    expect(await tailConnection({ port: 5 }, config, sources)).toMatchObject({
      connection: { eventHub: 'mine', parsed: { host: 'localhost:5', service: 'emulator' } },
      consumerGroup: 'tail',
      isLocal: true,
    });
  });
});
