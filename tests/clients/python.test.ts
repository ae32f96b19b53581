/** Clients in Python, where they are installed. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Hub } from '../../src/hub/hub.ts';
import { takeLock } from '../../src/store/lock.ts';
import { ENTITY, send, stored, testHub, testProducer, until } from '../hub/clients.ts';
import { HOW_TO_ENABLE, PYTHON, runPython, startPythonReader } from './python.ts';

const python = (name: string, test: () => Promise<void>) =>
  PYTHON === undefined ? it.skip(`${name} (skipped: ${HOW_TO_ENABLE})`, test) : it(name, test);

const PATIENT_MS = 60_000;
const idsOf = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}`);

function temporary(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'python-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function reader(hub: Hub, checkpoint?: string) {
  const started = startPythonReader(hub.connectionString(ENTITY), '$Default', checkpoint);
  onTestFinished(() => started.kill());
  return started;
}

async function fill(hub: Hub, ids: readonly string[], partitionId: string): Promise<void> {
  const producer = testProducer(hub, ENTITY, 30_000);
  for (let from = 0; from < ids.length; from += 200) {
    const bodies = ids.slice(from, from + 200).map((event_id) => ({ event_id }));
    await send(producer, bodies, { partitionId });
  }
  await producer.close();
}

python('the SDK reads every event over restarts of the hub and of itself', async () => {
  const folder = temporary();
  const data = { folder: path.join(folder, 'hub'), lock: takeLock };
  const checkpoint = path.join(folder, 'checkpoint.json');
  const first = await testHub({ data });
  await Promise.all([fill(first, idsOf('a', 1_000), '0'), fill(first, idsOf('b', 500), '5')]);
  const one = reader(first, checkpoint);
  await until(() => one.ids.length === 1_500, PATIENT_MS);
  const { port } = first;
  await first.close();
  const second = await testHub({ data, port });
  await fill(second, idsOf('c', 500), '0');
  // The reader goes on by itself, and gets nothing twice.
  await until(() => one.saved() === 2_000, PATIENT_MS);
  expect(one.ids.toSorted()).toEqual(
    [...idsOf('a', 1_000), ...idsOf('b', 500), ...idsOf('c', 500)].toSorted(),
  );
  await one.kill();
  await fill(second, idsOf('d', 300), '5');
  await second.close();
  // Both begin anew, and go on where they were.
  const third = await testHub({ data, port });
  const two = reader(third, checkpoint);
  await until(() => two.ids.length >= 300, PATIENT_MS);
  expect(two.ids).toEqual(idsOf('d', 300));
});

python('the SDK hears that its checkpoint is of an earlier life of the hub', async () => {
  const checkpoint = path.join(temporary(), 'checkpoint.json');
  const first = await testHub();
  await fill(first, idsOf('a', 300), '0');
  const one = reader(first, checkpoint);
  await until(() => one.saved() === 300, PATIENT_MS);
  await one.kill();
  const second = await testHub();
  await fill(second, idsOf('b', 20), '0');
  const two = reader(second, checkpoint);
  expect(await two.ended).toBe(3);
  expect(two.complaints()).toMatch(
    /The supplied offset '\d+' is invalid. The last offset in the system is '\d+'/,
  );
  expect(two.ids).toEqual([]);
});

python('the SDK sends, and what it sends before it is refused makes no noise', async () => {
  const printed: unknown[] = [];
  const { error } = console;
  console.error = (...words: unknown[]) => printed.push(words);
  onTestFinished(() => {
    console.error = error;
  });
  const hub = await testHub();
  expect(await runPython('sender.py', [hub.connectionString(ENTITY), '20'])).toBe('sent\n');
  expect(stored(hub)).toEqual(idsOf('p', 20).map((event_id) => ({ event_id })));
  const refused = await runPython('sender.py', [hub.connectionString('nowhere'), '1']);
  expect(refused).toContain('404');
  expect(hub.stats().brokenConnections).toBe(0);
  expect(printed).toEqual([]);
});

python('Qpid Proton: links told apart, at-least-once, a partition that is not there', async () => {
  const notes: string[] = [];
  const hub = await testHub({ onNote: (sentence) => notes.push(sentence) });
  await fill(hub, idsOf('a', 3), '0');
  const found = JSON.parse(await runPython('proton_links.py', [String(hub.port)]));
  expect(found.partitions).toBe(8);
  expect(found.opened).toContainEqual(['same', 'sender']);
  expect(found.opened).toContainEqual(['same', 'receiver']);
  expect(found.opened.filter(([name]: string[]) => name === 'twice')).toHaveLength(2);
  expect(found.errors).toContainEqual(['twice', 'amqp:link:stolen']);
  expect(found.errors).toContainEqual(['nowhere', 'com.microsoft:argument-out-of-range']);
  const bodies = idsOf('a', 3).map((event_id) => JSON.stringify({ event_id }));
  expect(found.received).toEqual([...bodies, bodies[0]].map((body) => [body, false]));
  expect(notes).toContainEqual(expect.stringContaining('attaches a link named "twice" again'));
  expect(hub.stats().brokenConnections).toBe(0);
});
