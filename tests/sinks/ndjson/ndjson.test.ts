/** The file of events over crashes. */
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ndjsonSink } from '../../../src/sinks/ndjson/ndjson.ts';
import { fullDisk } from '../failing-files.ts';
import { eventAt, temporaryFolder } from '../../delivery/fixtures.ts';

it('cuts off a line that a crash left incomplete, and continues', async () => {
  const file = path.join(temporaryFolder(), 'deep', 'events.ndjson');
  for (const sequence of [0, 1]) {
    const sink = ndjsonSink(file);
    await sink.open();
    await sink.send(0, [eventAt(0, sequence)]);
    await sink.close();
    appendFileSync(file, `{"event_id":"half ${'x'.repeat(sequence * 200_000)}`);
  }
  const sink = ndjsonSink(file);
  await sink.open();
  await sink.send(0, [eventAt(0, 2)]);
  await sink.close();
  const ids = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event_id);
  expect(ids).toEqual(['0-0', '0-1', '0-2']);
});

it('says what to do about a full disk, and leaves no partial batch', async () => {
  const file = path.join(temporaryFolder(), 'events.ndjson');
  const sink = ndjsonSink(file, fullDisk(100));
  await sink.open();
  await sink.send(0, [eventAt(0, 0)]);
  const failing = sink.send(0, [eventAt(0, 1), eventAt(0, 2, 7, 100)]);
  await expect(failing).rejects.toThrow(/the disk is full \(ENOSPC\)/);
  await expect(failing).rejects.toMatchObject({ kind: 'stopped' });
  expect(readFileSync(file, 'utf8')).toBe(`${eventAt(0, 0).body}\n`);
  await sink.close();
});
