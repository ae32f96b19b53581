/** Dead letters over crashes, restarts and replays. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type DeadLetter,
  deadLetterLine,
  parseDeadLetter,
} from '../../src/delivery/dead-letter.ts';
import {
  DeadLetterFile,
  listDeadLetters,
  replaceDeadLetters,
  summarizeDeadLetters,
} from '../../src/delivery/dead-letters.ts';
import { openJournal, readJournal } from '../../src/delivery/journal-access.ts';
import { Ledger } from '../../src/delivery/ledger.ts';
import {
  countRedelivery,
  endedAccount,
  type LedgerAccount,
} from '../../src/delivery/redelivery.ts';
import { type ReplayPublisher, replayDeadLetters } from '../../src/delivery/replay.ts';
import { briefMemory } from '../../src/delivery/stream-memory.ts';
import { fullDisk } from '../sinks/failing-files.ts';
import { eventAt, quickPublisher, temporaryFolder } from './fixtures.ts';
import { ScriptedSink, type Step } from './scripted-sink.ts';

function letter(sequence: number, changes: Partial<DeadLetter> = {}): DeadLetter {
  return {
    event: eventAt(1, sequence),
    partition: 2,
    reason: 'refused',
    category: 'rejected',
    attempts: 1,
    firstMs: 1_700_000_000_000,
    lastMs: 1_700_000_000_000,
    ...changes,
  };
}

const newFile = () => path.join(temporaryFolder(), 'stream', 'dead-letters.ndjson');
const idsIn = (file: string) => listDeadLetters(file).map(({ event }) => event.eventId);

it('a letter of an earlier version, without the world, is read and stays as it was', () => {
  const given = letter(0);
  const line = deadLetterLine(given).replace(/"world_id":"[^"]*",/, '');
  expect(line).not.toContain('world_id');
  expect(parseDeadLetter(line, 'here')).toEqual({
    ...given,
    event: { ...given.event, worldId: '' },
  });
});

it('a letter is a line of JSON that gives back every byte of the body', () => {
  const body = fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.from('{"a":1.10,"body":{"body":"\\u00e9"}}')),
  );
  const arbitrary = fc.record({
    event: fc.record({
      eventId: fc.string(),
      worldId: fc.constantFrom('', '0123456789abcdef'),
      eventType: fc.string(),
      partitionKey: fc.string({ unit: 'grapheme' }),
      eventMs: fc.integer({ min: 0, max: 4e12 }),
      body,
    }),
    partition: fc.nat(),
    reason: fc.constantFrom('too large', 'said "no",\n"body":1'),
    category: fc.constantFrom('oversized' as const, 'rejected' as const),
    attempts: fc.nat(),
    firstMs: fc.integer({ min: 0, max: 4e12 }),
    lastMs: fc.integer({ min: 0, max: 4e12 }),
  });
  fc.assert(
    fc.property(arbitrary, (given) => {
      const line = deadLetterLine(given);
      expect(line).not.toMatch(/[\r\n]/);
      expect(JSON.parse(line).event_id).toBe(given.event.eventId);
      expect(JSON.parse(line).world_id).toBe(given.event.worldId);
      expect(parseDeadLetter(line, 'here')).toEqual(given);
    }),
  );
});

it('keeps an event once, over restarts, and repairs a line that was cut off', () => {
  const file = newFile();
  const first = new DeadLetterFile(file);
  expect(existsSync(file)).toBe(false);
  first.add([letter(1), letter(2)]);
  first.add([letter(1)]);
  first.close();
  appendFileSync(file, deadLetterLine(letter(3)).slice(0, 40));
  expect(idsIn(file)).toEqual(['1-1', '1-2']);
  const second = new DeadLetterFile(file);
  second.add([letter(2), letter(3)]);
  expect(second.count).toBe(3);
  second.close();
  expect(idsIn(file)).toEqual(['1-1', '1-2', '1-3']);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
});

it('on a full disk it keeps what it had, and takes the letter when there is room', () => {
  const file = newFile();
  const box = new DeadLetterFile(file, fullDisk(500));
  box.add([letter(1)]);
  expect(() => box.add([letter(2), letter(3)])).toThrow('the disk is full');
  box.close();
  expect(idsIn(file)).toEqual(['1-1']);
  const roomy = new DeadLetterFile(file);
  roomy.add([letter(2), letter(3)]);
  roomy.close();
  expect(idsIn(file)).toEqual(['1-1', '1-2', '1-3']);
});

it('names a line that cannot be read', () => {
  const file = newFile();
  replaceDeadLetters(file, [letter(1)]);
  appendFileSync(file, '{"event_id":"x"}\n');
  expect(() => listDeadLetters(file)).toThrow(`at ${file}:2: category is not a text`);
  writeFileSync(file, 'nonsense\n');
  expect(() => new DeadLetterFile(file)).toThrow(`at ${file}:1: it is not JSON`);
});

it('is summed up by category and type', () => {
  const letters = [letter(1), letter(2, { category: 'oversized', lastMs: 1_800_000_000_000 })];
  expect(summarizeDeadLetters(letters)).toEqual({
    letters: 2,
    byCategory: { rejected: 1, oversized: 1 },
    byType: { ble_ping_detected: 1, truck_arrived: 1 },
    firstMs: 1_700_000_000_000,
    lastMs: 1_800_000_000_000,
  });
});

it('is published again, the same bytes and ids, and what is refused again stays', async () => {
  const file = newFile();
  replaceDeadLetters(
    file,
    [1, 2, 3, 4, 5].map((sequence) => letter(sequence)),
  );
  const sink = new ScriptedSink(2, (_, batch) =>
    batch.some(({ eventId }) => eventId === '1-3') ? 'rejected' : 'ok',
  );
  const account = accountOf(5);
  const replay = replayDeadLetters(new DeadLetterFile(file), publisherInto(sink, 2), account);
  expect(await replay).toEqual({ delivered: 4, kept: 1 });
  expect(account.ledger.total()).toMatchObject({ acknowledged: 4, deadLettered: 1, inFlight: 0 });
  // Each was sent a second time, and the two of a batch once more to find out which one is to blame; none was stored before.
  expect(account.ledger.total()).toMatchObject({ sent: 5, retried: 7, possiblyRepeated: 0 });
  const stored = sink.stored.flat();
  expect(stored.map(({ eventId }) => eventId).sort()).toEqual(['1-1', '1-2', '1-4', '1-5']);
  for (const event of stored) {
    expect(event).toEqual(eventAt(1, Number(event.eventId.slice(2))));
  }
  const [kept] = listDeadLetters(file);
  expect(kept).toMatchObject({ attempts: 2, firstMs: 1_700_000_000_000, category: 'rejected' });
  expect(kept.event.eventId).toBe('1-3');
});

it('keeps every letter if the replay fails half way, and counts what is sent again then', async () => {
  const file = newFile();
  replaceDeadLetters(file, [letter(1), letter(2)]);
  const account = accountOf(2);
  const replay = (step: Step) =>
    replayDeadLetters(
      new DeadLetterFile(file),
      publisherInto(new ScriptedSink(1, () => step), 1),
      account,
    );
  await expect(replay('stopped')).rejects.toThrow('Cannot publish');
  expect(idsIn(file)).toEqual(['1-1', '1-2']);
  expect(listDeadLetters(file).every(({ resent }) => resent)).toBe(true);
  expect(account.ledger.total()).toMatchObject({ acknowledged: 0, deadLettered: 2 });
  expect(await replay('ok')).toEqual({ delivered: 2, kept: 0 });
  expect(existsSync(file)).toBe(false);
  expect(account.ledger.total()).toMatchObject({
    acknowledged: 2,
    deadLettered: 0,
    retried: 2,
    possiblyRepeated: 2,
  });
});

it('takes out what was delivered before a replay failed', async () => {
  const file = newFile();
  replaceDeadLetters(file, [letter(1), letter(2), letter(3)]);
  const account = accountOf(3);
  let sends = 0;
  const sink = new ScriptedSink(1, () => (sends++ === 0 ? 'ok' : 'stopped'));
  const replay = replayDeadLetters(
    new DeadLetterFile(file),
    publisherInto(sink, 1, { maxBatchEvents: 1 }),
    account,
  );
  await expect(replay).rejects.toThrow('Cannot publish');
  expect(idsIn(file)).toEqual(['1-2', '1-3']);
  expect(account.ledger.total()).toMatchObject({ acknowledged: 1, deadLettered: 2, inFlight: 0 });
});

it('a stream that runs keeps writing letters while others are sent again', () => {
  const file = newFile();
  const letters = new DeadLetterFile(file);
  letters.add([letter(1), letter(2)]);
  letters.update(new Map([['1-1', undefined]]));
  letters.add([letter(3), letter(1)]);
  expect(idsIn(file)).toEqual(['1-2', '1-3', '1-1']);
  letters.update(new Map(idsIn(file).map((id) => [id, undefined])));
  expect(existsSync(file)).toBe(false);
  letters.add([letter(4)]);
  letters.close();
  letters.add([letter(5)]);
  letters.close();
  expect(idsIn(file)).toEqual(['1-4', '1-5']);
});

it('what is delivered after all is acknowledged, and no more than was given up', async () => {
  const file = path.join(temporaryFolder(), 'delivery.journal');
  const journal = openJournal(file, { base: 'b', partitions: 1 });
  const { eventType } = letter(1).event;
  const type = journal.ledger.typeIndex(eventType);
  journal.ledger.add('generated', type, 10);
  journal.ledger.add('sent', type, 9);
  journal.ledger.add('acknowledged', type, 8);
  journal.ledger.add('deadLettered', type, 2);
  journal.flush();
  await journal.close();
  const account = endedAccount(file);
  const delivered = { delivered: true, wasSent: true };
  // One that was refused, and one that was too large to be sent at all.
  countRedelivery(account.ledger, letter(1), delivered);
  countRedelivery(account.ledger, letter(1, { attempts: 0 }), delivered);
  countRedelivery(account.ledger, letter(1), delivered);
  account.flush();
  const { ledger: after } = readJournal(file)!;
  expect(after.total()).toMatchObject({ generated: 10, acknowledged: 10, deadLettered: 0 });
  expect(after.total()).toMatchObject({ sent: 10, retried: 1, possiblyRepeated: 0, inFlight: 0 });
  const size = readFileSync(file).length;
  account.flush();
  expect(readFileSync(file)).toHaveLength(size);
  const none = path.join(temporaryFolder(), 'none');
  endedAccount(none).flush();
  expect(existsSync(none)).toBe(false);
});

/** The ledger of a stream that has given up so many events of a sort. */
function accountOf(letters: number): LedgerAccount {
  const ledger = new Ledger();
  for (let sequence = 1; sequence <= letters; sequence++) {
    const type = ledger.typeIndex(letter(sequence).event.eventType);
    for (const counter of ['generated', 'sent', 'deadLettered'] as const) ledger.add(counter, type);
  }
  const flush = () => {
    const { sent, acknowledged, deadLettered, inFlight } = ledger.total();
    expect(acknowledged + deadLettered).toBe(letters);
    expect({ inFlight, isTrue: sent >= acknowledged }).toEqual({ inFlight: 0, isTrue: true });
  };
  return { ledger, flush };
}

function publisherInto(
  sink: ScriptedSink,
  partitions: number,
  settings: Parameters<typeof quickPublisher>[1] = {},
): ReplayPublisher {
  return async (deadLetters, onSettled) =>
    quickPublisher({ sink, partitions, memory: briefMemory(), deadLetters, onSettled }, settings);
}
