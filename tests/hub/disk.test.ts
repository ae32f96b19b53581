/** A hub that keeps its events in a folder: two lives of it are the same event hub. */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EventHubProducerClient } from '@azure/event-hubs';
import { expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { hubLock, isHubFile, partitionFolder } from '../../src/hub/disk/hub-files.ts';
import type { Hub, HubOptions } from '../../src/hub/hub.ts';
import { takeLock } from '../../src/store/lock.ts';
import {
  closed,
  EARLIEST,
  ENTITY,
  json,
  receive,
  send,
  stored,
  testConsumer,
  testHub,
  testProducer,
  until,
} from './clients.ts';

const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, n) => n + from);

function dataFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-hub-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'hub');
}

const open = (folder: string, options: HubOptions = {}): Promise<Hub> =>
  testHub({ data: { folder, lock: takeLock }, ...options });

function segmentsOf(folder: string, partition = 0): string[] {
  const at = partitionFolder(folder, ENTITY, partition);
  return readdirSync(at)
    .sort()
    .map((name) => path.join(at, name));
}

/** What of a partition must be the same in every life. */
const lasting = (hub: Hub, partition = 0) =>
  hub
    .partition(ENTITY, partition)
    .map(({ encoded, sequenceNumber, offset, enqueuedMs, partitionKey }) => ({
      encoded: encoded.toString('hex'),
      sequenceNumber,
      offset,
      enqueuedMs,
      partitionKey,
    }));

it('is the same event hub after a restart: numbers, times, keys, bytes', async () => {
  const folder = dataFolder();
  let nowMs = 1_700_000_000_000;
  const clock = () => nowMs++;
  const first = await open(folder, { clock });
  const producer = testProducer(first);
  for (let n = 0; n < 5; n++) await send(producer, upTo(20, n * 20));
  await send(producer, ['keyed'], { partitionKey: 'S17' });
  const before = upTo(8).map((partition) => lasting(first, partition));
  const created = (await producer.getEventHubProperties()).createdOn;
  const { offset } = first.partition(ENTITY, 0)[41];
  await producer.close();
  await first.close();
  nowMs += 60_000;
  const second = await open(folder, { clock });
  expect(upTo(8).map((partition) => lasting(second, partition))).toEqual(before);
  const again = testProducer(second);
  expect((await again.getEventHubProperties()).createdOn).toEqual(created);
  await send(again, upTo(20, 100));
  const last = second.partition(ENTITY, 0).at(-1)!;
  expect(last.sequenceNumber).toBe(119);
  // A consumer goes on where it was, by what it kept of the first life.
  for (const position of [{ offset }, { sequenceNumber: 41 }]) {
    const events = await receive(testConsumer(second), 78, position);
    expect(events.map(({ body }) => body)).toEqual(upTo(78, 42));
  }
});

it('has everything that was acknowledged after kill -9, and a whole batch or none besides', async () => {
  const folder = dataFolder();
  for (let life = 0; life < 3; life++) {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'tests/hub/data-process.ts', folder],
      { cwd: path.resolve(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    await until(() => output.includes('\n'), 50_000);
    const producer = new EventHubProducerClient(output.trim(), {
      retryOptions: { maxRetries: 0, timeoutInMs: 5_000 },
    });
    let acknowledged = 0;
    const sending = (async () => {
      for (; ; acknowledged += 10) {
        await send(
          producer,
          upTo(10, acknowledged).map((n) => ({ life, n })),
        );
      }
    })().catch(() => {});
    await until(() => acknowledged >= 300, 50_000);
    child.kill('SIGKILL');
    await sending;
    void producer.close().catch(() => {});
    const hub = await open(folder);
    const mine = (stored(hub) as { life: number; n: number }[]).filter(
      (event) => event.life === life,
    );
    expect(mine.map(({ n }) => n)).toEqual(upTo(mine.length));
    expect([acknowledged, acknowledged + 10]).toContain(mine.length);
    expect(hub.partition(ENTITY, 0).map(({ sequenceNumber }) => sequenceNumber)).toEqual(
      upTo(hub.partition(ENTITY, 0).length),
    );
    await hub.close();
  }
});

it('knows idempotent producers of an earlier life', async () => {
  const folder = dataFolder();
  const first = await open(folder);
  const { port } = first;
  const idempotent = () => {
    const client = new EventHubProducerClient(first.connectionString(ENTITY), {
      retryOptions: { maxRetries: 40, retryDelayInMs: 100, timeoutInMs: 2_000 },
    });
    // The client has the feature, but neither its types nor its options show it.
    Object.assign(client, { _enableIdempotentRetries: true });
    onTestFinished(() => closed(client.close()));
    return client;
  };
  const one = idempotent();
  await one.sendBatch([{ body: json(0) }], { partitionId: '0' });
  // Stored, but nobody hears of it before the hub is gone.
  first.faults.next({ kind: 'drop-after-store' });
  const sending = one.sendBatch([{ body: json(1) }, { body: json(2) }], { partitionId: '0' });
  await until(() => stored(first).length === 3);
  await first.close();
  const second = await open(folder, { port });
  await sending;
  expect(stored(second)).toEqual([0, 1, 2]);
  // Nobody else gets its number.
  await idempotent().sendBatch([{ body: json('other') }], { partitionId: '0' });
  await one.sendBatch([{ body: json(3) }], { partitionId: '0' });
  expect(stored(second)).toEqual([0, 1, 2, 'other', 3]);
});

it('keeps few events in memory, and reads older ones from their files', async () => {
  const folder = dataFolder();
  const options = { retentionBytes: 4_000_000 };
  const first = await open(folder, options);
  const producer = testProducer(first);
  for (let n = 0; n < 60; n++) {
    await send(
      producer,
      upTo(100, n * 100).map((number) => ({ number, text: 'x'.repeat(200) })),
    );
  }
  const { length } = segmentsOf(folder);
  expect(length).toBeGreaterThanOrEqual(3);
  await first.close();
  const hub = await open(folder, options);
  const events = await receive(testConsumer(hub), 6_000, EARLIEST);
  expect(events.map(({ body }) => body.number)).toEqual(upTo(6_000));
  const last = await receive(testConsumer(hub), 10, { sequenceNumber: 5_989 });
  expect(last.map(({ body }) => body.number)).toEqual(upTo(10, 5_990));
});

it('drops whole files by bytes and by age, and never its numbers', async () => {
  const folder = dataFolder();
  let nowMs = 1_700_000_000_000;
  const options = { retentionBytes: 200_000, retentionMs: 3_600_000, clock: () => nowMs };
  const first = await open(folder, options);
  const producer = testProducer(first);
  for (let n = 0; n < 100; n++) await send(producer, [n, 'x'.repeat(8_000)]);
  const [stats] = first.stats().perPartition;
  expect(stats.events).toBe(200);
  expect(stats.retainedBytes).toBeLessThanOrEqual(200_000);
  expect(stats.retainedEvents).toBeGreaterThan(30);
  const onDisk = segmentsOf(folder).reduce((sum, file) => sum + statSync(file).size, 0);
  expect(onDisk).toBeLessThan(260_000);
  const left = lasting(first);
  const lastOffset = left.at(-1)!.offset;
  await first.close();
  const second = await open(folder, options);
  expect(lasting(second)).toEqual(left);
  nowMs += 3_600_001;
  expect(second.partition(ENTITY, 0)).toEqual([]);
  expect(segmentsOf(folder)).toHaveLength(1);
  await second.close();
  const third = await open(folder, options);
  expect(await testProducer(third).getPartitionProperties('0')).toMatchObject({
    isEmpty: true,
    beginningSequenceNumber: 200,
    lastEnqueuedSequenceNumber: 199,
    lastEnqueuedOffset: lastOffset,
  });
  await send(testProducer(third), ['next']);
  expect(third.partition(ENTITY, 0)[0].sequenceNumber).toBe(200);
});

/** A folder with three segments in partition 0, and what was stored in it. */
async function filled() {
  const folder = dataFolder();
  const hub = await open(folder, { retentionBytes: 100_000 });
  const producer = testProducer(hub);
  for (let n = 0; n < 12; n++) await send(producer, [n, 'x'.repeat(5_000)]);
  const before = lasting(hub);
  await producer.close();
  await hub.close();
  const segments = segmentsOf(folder);
  expect(segments.length).toBeGreaterThanOrEqual(3);
  const notes: string[] = [];
  const reopen = () =>
    open(folder, { retentionBytes: 100_000, onNote: (sentence) => notes.push(sentence) });
  return { folder, before, segments, notes, reopen };
}

it('cuts off what a crash left torn at the end, wherever it was torn, and says so', async () => {
  const { before, segments, notes, reopen } = await filled();
  const last = segments.at(-1)!;
  const copy = `${last}.copy`;
  copyFileSync(last, copy);
  const { size } = statSync(last);
  for (const [damage, lost] of [
    [() => truncateSync(last, size - 1), 2],
    [() => truncateSync(last, size - 2_000), 2],
    [() => appendFileSync(last, Buffer.alloc(3_000)), 0],
    [() => appendFileSync(last, readFileSync(last).subarray(0, 40)), 0],
  ] as const) {
    copyFileSync(copy, last);
    notes.length = 0;
    damage();
    const hub = await reopen();
    expect(lasting(hub)).toEqual(before.slice(0, before.length - lost));
    expect(notes).toEqual([
      expect.stringContaining(`bytes of "${last}" were not written completely`),
    ]);
    await hub.close();
    notes.length = 0;
    await (await reopen()).close();
    expect(notes).toEqual([]);
  }
  // Killed as it began the next one.
  copyFileSync(copy, last);
  const next = path.join(path.dirname(last), `${String(before.length).padStart(16, '0')}.segment`);
  writeFileSync(next, readFileSync(last).subarray(0, 9));
  const hub = await reopen();
  expect(lasting(hub)).toEqual(before);
  await send(testProducer(hub), ['next']);
  expect(hub.partition(ENTITY, 0).at(-1)?.sequenceNumber).toBe(before.length);
});

it('refuses damage in the middle, and files that are missing, by name', async () => {
  const { segments, reopen } = await filled();
  const refused = async (pattern: RegExp) => {
    const opening = reopen();
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(pattern);
  };
  const [first, second] = segments;
  const last = segments.at(-1)!;
  for (const [file, at] of [
    [first, 400],
    [second, 8],
    [second, statSync(second).size - 50],
    [last, 60],
  ] as const) {
    const whole = readFileSync(file);
    const bytes = Buffer.from(whole);
    bytes[at] ^= 0x40;
    writeFileSync(file, bytes);
    await refused(new RegExp(`Cannot read ".*${path.basename(file)}": it is damaged at byte \\d+`));
    writeFileSync(file, whole);
  }
  const whole = readFileSync(second);
  truncateSync(second, statSync(second).size - 10);
  await refused(/it is damaged at byte/);
  truncateSync(second, 0);
  await refused(/it is damaged at byte 0/);
  rmSync(second);
  await refused(/events \d+ to \d+ are missing before/);
  writeFileSync(second, whole);
  await (await reopen()).close();
});

it('detaches a receiver whose events were damaged under the running hub, and says so', async () => {
  const { segments, notes, reopen } = await filled();
  const hub = await reopen();
  const bytes = readFileSync(segments[0]);
  bytes[bytes.length - 100] ^= 1;
  writeFileSync(segments[0], bytes);
  const outcome = await receive(testConsumer(hub), 1, EARLIEST).then(
    () => 'received',
    ({ message }: Error) => message,
  );
  expect(outcome).toMatch(/the hub could not read its data/);
  expect(notes[0]).toMatch(/Cannot read ".*segment": it is damaged/);
  await send(testProducer(hub), ['still there']);
});

it('tells a sender to try again when it can not write, and loses nothing', async () => {
  const folder = dataFolder();
  const notes: string[] = [];
  const hub = await open(folder, { retentionBytes: 40_000, onNote: (text) => notes.push(text) });
  const producer = testProducer(hub);
  await send(producer, [0]);
  // Folders where the next segment should be.
  const blockers = upTo(40, 2).map((sequence) =>
    path.join(partitionFolder(folder, ENTITY, 0), `${String(sequence).padStart(16, '0')}.segment`),
  );
  for (const blocker of blockers) mkdirSync(blocker);
  let code: string | undefined;
  let n = 1;
  for (; code === undefined && n < 20; n++) {
    code = await send(producer, [n, 'x'.repeat(1_000)]).then(
      () => undefined,
      (error) => error.code,
    );
  }
  expect(code).toBe('ServerBusyError');
  expect(notes[0]).toMatch(/Cannot write ".*segment": EISDIR/);
  const before = stored(hub);
  expect(before).toHaveLength(1 + 2 * (n - 2));
  for (const blocker of blockers) rmSync(blocker, { recursive: true });
  await send(producer, ['b']);
  expect(stored(hub)).toEqual([...before, 'b']);
  await hub.close();
  const again = await open(folder, { retentionBytes: 40_000 });
  expect(stored(again)).toEqual([...before, 'b']);
});

it('keeps event hubs with their partitions and groups, and takes more', async () => {
  const folder = dataFolder();
  const entity = { name: 'orders', partitionCount: 3, consumerGroups: ['a'] };
  await (await open(folder, { entities: [entity] })).close();
  const second = await open(folder);
  expect(second.entities).toEqual([entity]);
  await second.close();
  const more = [
    { name: 'Orders', partitionCount: 3, consumerGroups: ['b'] },
    { name: 'visits', partitionCount: 1, consumerGroups: [] },
  ];
  const third = await open(folder, { entities: more });
  expect(third.entities).toEqual([{ ...entity, consumerGroups: ['a', 'b'] }, more[1]]);
  await third.close();
  await expect(open(folder, { entities: [{ ...entity, partitionCount: 4 }] })).rejects.toThrow(
    /"orders" has 3 partitions, but 4 were requested/,
  );
});

it('prefers the port that it had', async () => {
  const folder = dataFolder();
  const first = await open(folder);
  const { port } = first;
  await first.close();
  const second = await open(folder, { port: undefined });
  expect(second.port).toBe(port);
});

it('serves a folder in one process at a time', async () => {
  const folder = dataFolder();
  const hub = await open(folder);
  await expect(open(folder)).rejects.toThrow(/is using it/);
  await hub.close();
  expect(existsSync(hubLock(folder))).toBe(false);
  await open(folder);
});

it('refuses a folder that is not its own, and leaves it as it was', async () => {
  const folder = dataFolder();
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'thesis.txt'), 'x');
  await expect(open(folder)).rejects.toThrow(/it holds "thesis.txt" and no hub.json/);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
  rmSync(path.join(folder, 'thesis.txt'));
  for (const [text, problem] of [
    ['', /hub.json": Unexpected end/],
    ['{"format":"other"}', /hub.json": format/],
    ['{"format":"synthetic-retail hub","version":2,"port":null,"entities":[]}', /version/],
  ] as const) {
    writeFileSync(path.join(folder, 'hub.json'), text);
    await expect(open(folder)).rejects.toThrow(problem);
    expect(readdirSync(folder)).toEqual(['hub.json']);
  }
});

it('knows its own files by name', async () => {
  const folder = dataFolder();
  const hub = await open(folder);
  await send(testProducer(hub), [1]);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep));
  expect(names).toHaveLength(10);
  expect(names.filter((name) => !isHubFile(name))).toEqual([]);
  for (const other of [
    'thesis.txt',
    'events/x',
    'events/a/0/x',
    'events/a/b/0000000000000000.segment',
  ]) {
    expect(isHubFile(other.split('/'))).toBe(false);
  }
});
