/** The journal over crashes, full disks, damage and new checkpoints. */
import { cpSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  continueJournal,
  type Journal,
  openJournal,
  readJournal,
} from '../../../src/sinks/stream/journal.ts';
import { fullDisk, quickFiles } from '../failing-files.ts';
import { temporaryFolder } from './fixtures.ts';

const OPTIONS = { base: 'region@1', partitions: 4, port: quickFiles };

function newFile(): string {
  return path.join(temporaryFolder(), 'stream', 'delivery.journal');
}

/** Notes as a publisher does: sent, then settled, then written. */
function deliver(journal: Journal, partition: number, region: number, sequence: number): void {
  const type = journal.ledger.typeIndex('receipt_created');
  journal.ledger.add('generated', type);
  journal.ledger.add('sent', type);
  journal.sending(partition, region, sequence);
  journal.flush();
  journal.ledger.add('acknowledged', type);
  journal.settled(partition, region, sequence);
  journal.flush();
}

it('remembers what was settled and what was sent', async () => {
  const file = newFile();
  const journal = openJournal(file, OPTIONS);
  deliver(journal, 0, 2, 5);
  journal.sending(0, 2, 9);
  journal.flush();
  // Neither closed nor synced: as after kill -9.
  const next = openJournal(file, OPTIONS);
  expect([4, 5, 6].map((sequence) => next.skip(0, 2, sequence))).toEqual([true, true, false]);
  expect([9, 10].map((sequence) => next.wasSent(0, 2, sequence))).toEqual([true, false]);
  expect(next.skip(1, 2, 0)).toBe(false);
  expect(next.skip(0, 1, 0)).toBe(false);
  expect(next.ledger.row('receipt_created')).toMatchObject({ generated: 1, acknowledged: 1 });
  await journal.close();
  await next.close();
});

it('counts as generated, in the next life, only what was settled', async () => {
  const file = newFile();
  const journal = openJournal(file, OPTIONS);
  deliver(journal, 0, 0, 0);
  journal.ledger.add('generated', journal.ledger.typeIndex('truck_arrived'), 3);
  await journal.close();
  // Whoever looks from outside sees it as it was.
  expect(readJournal(file)?.ledger.total()).toMatchObject({ generated: 4, inFlight: 3 });
  const next = openJournal(file, OPTIONS);
  expect(next.ledger.total()).toMatchObject({ generated: 1, acknowledged: 1, inFlight: 0 });
  await next.close();
});

it('cut off anywhere, it knows a beginning of what it knew', async () => {
  const file = newFile();
  const journal = openJournal(file, OPTIONS);
  const ends = [statSync(file).size];
  for (let sequence = 0; sequence < 20; sequence++) {
    deliver(journal, 0, 0, sequence);
    ends.push(statSync(file).size);
  }
  await journal.close();
  const bytes = readFileSync(file);
  const property = fc.property(fc.integer({ min: ends[0], max: bytes.length }), (length) => {
    writeFileSync(file, bytes.subarray(0, length));
    const next = openJournal(file, OPTIONS);
    const settled = ends.filter((end) => end <= length).length - 2;
    if (settled >= 0) expect(next.skip(0, 0, settled)).toBe(true);
    expect(next.skip(0, 0, settled + 1)).toBe(false);
    expect(next.ledger.total().acknowledged).toBe(settled + 1);
    // What was cut off is gone: the next line is whole.
    deliver(next, 0, 0, 30);
    expect(openJournal(file, OPTIONS).skip(0, 0, 30)).toBe(true);
  });
  fc.assert(property, { numRuns: 80 });
});

it('damaged in the middle, it is refused, wherever the damage is', async () => {
  const file = newFile();
  const journal = openJournal(file, OPTIONS);
  for (let sequence = 0; sequence < 10; sequence++) deliver(journal, 0, 0, sequence);
  await journal.close();
  const bytes = readFileSync(file);
  const lastLine = bytes.lastIndexOf(0x0a, bytes.length - 2);
  const property = fc.property(fc.integer({ min: 0, max: lastLine - 1 }), (at) => {
    const damaged = Buffer.from(bytes);
    damaged[at] ^= 0x01;
    writeFileSync(file, damaged);
    expect(() => openJournal(file, OPTIONS)).toThrow(
      /Cannot use the journal ".*": line \d+ does not match its checksum.*remove it/,
    );
  });
  fc.assert(property, { numRuns: 80 });
  writeFileSync(file, 'something else\n');
  expect(() => openJournal(file, OPTIONS)).toThrow('its first line is not the head of a journal');
});

it('belongs to one checkpoint and one number of partitions', async () => {
  const file = newFile();
  expect(readJournal(file)).toBeUndefined();
  await openJournal(file, OPTIONS).close();
  expect(readJournal(file)).toMatchObject({ base: 'region@1', partitions: 4 });
  expect(() => openJournal(file, { ...OPTIONS, base: 'region@2' })).toThrow(
    'it counts from checkpoint "region@1", expected "region@2"',
  );
  expect(() => openJournal(file, { ...OPTIONS, partitions: 8 })).toThrow(
    'the stream had 4 partitions, found 8',
  );
});

it('starts over from a new checkpoint, the ledger going on', async () => {
  const file = newFile();
  const journal = openJournal(file, OPTIONS);
  deliver(journal, 3, 1, 1_000);
  journal.announce('region@2', new Map([[1, 1_001]]));
  journal.rebase('region@2');
  expect(journal.base).toBe('region@2');
  expect(journal.skip(3, 1, 0)).toBe(false);
  expect(journal.wasSent(3, 1, 0)).toBe(false);
  deliver(journal, 3, 1, 0);
  await journal.close();
  const next = openJournal(file, { ...OPTIONS, base: 'region@2' });
  expect(next.skip(3, 1, 0)).toBe(true);
  expect(next.skip(3, 1, 1)).toBe(false);
  expect(next.ledger.total().acknowledged).toBe(2);
  await next.close();
});

it('still knows what a life that was killed had sent past a new checkpoint', async () => {
  const file = newFile();
  const killed = openJournal(file, OPTIONS);
  deliver(killed, 3, 1, 1_000);
  killed.sending(2, 0, 30);
  killed.flush();
  const journal = openJournal(file, OPTIONS);
  journal.announce('region@2', new Map([[1, 900]]));
  // As after a crash before and after the checkpoint was taken.
  for (const base of ['region@1', 'region@2']) {
    const copy = newFile();
    cpSync(path.dirname(file), path.dirname(copy), { recursive: true });
    const next = continueJournal(copy, { ...OPTIONS, base });
    const last = base === 'region@1' ? 1_000 : 100;
    expect([last, last + 1].map((sequence) => next.skip(3, 1, sequence))).toEqual([true, false]);
    expect([30, 31].map((sequence) => next.wasSent(2, 0, sequence))).toEqual([true, false]);
    expect(next.isFresh).toBe(false);
    await next.close();
    expect(() => continueJournal(copy, { ...OPTIONS, base, partitions: 8 })).toThrow(
      'the stream had 4 partitions, found 8',
    );
  }
  await Promise.all([killed.close(), journal.close()]);
});

it('takes for possible repeats what was sent past a checkpoint that it was not told of', async () => {
  const file = newFile();
  const killed = openJournal(file, OPTIONS);
  deliver(killed, 3, 1, 1_000);
  const next = continueJournal(file, { ...OPTIONS, base: 'history' });
  expect(next.skip(3, 1, 0)).toBe(false);
  expect([0, 1_000, 1_001].map((sequence) => next.wasSent(3, 1, sequence))).toEqual([
    true,
    true,
    false,
  ]);
  await Promise.all([killed.close(), next.close()]);
});

it('has each event sent once, wherever lives end, stop and take checkpoints', () => {
  const life = fc.record({
    events: fc.integer({ min: 0, max: 60 }),
    checkpointAfter: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    end: fc.constantFrom('stopped', 'killed', 'killed in a checkpoint', 'killed after it' as const),
  });
  const property = fc.property(fc.array(life, { maxLength: 8 }), (lives) => {
    const file = newFile();
    const sent = new Set<number>();
    let base = 0;
    for (const { events, checkpointAfter, end } of lives) {
      const journal = continueJournal(file, { ...OPTIONS, base: `${base}` });
      let at = base;
      const checkpoint = () => {
        journal.announce(`${at}`, new Map([[1, at - base]]));
        base = at;
        journal.rebase(`${at}`);
      };
      const start = base;
      for (; at < start + events; at++) {
        if (at - start === checkpointAfter) checkpoint();
        const [partition, sequence] = [at % 3, at - base];
        if (journal.skip(partition, 1, sequence)) {
          expect(sent).toContain(at);
          continue;
        }
        expect(sent).not.toContain(at);
        expect(journal.wasSent(partition, 1, sequence)).toBe(false);
        deliver(journal, partition, 1, sequence);
        sent.add(at);
      }
      if (end === 'stopped') checkpoint();
      else if (end !== 'killed') {
        journal.announce(`${at}`, new Map([[1, at - base]]));
        if (end === 'killed after it') base = at;
      }
    }
  });
  fc.assert(property, { numRuns: 60 });
});

it('is written anew before it grows long, and says the same', async () => {
  const file = newFile();
  const options = { ...OPTIONS, compactBytes: 4_000 };
  const journal = openJournal(file, options);
  let longest = 0;
  for (let sequence = 0; sequence < 500; sequence++) {
    deliver(journal, sequence % 4, sequence % 3, sequence);
    longest = Math.max(longest, statSync(file).size);
  }
  expect(longest).toBeLessThan(4_500);
  await journal.close();
  const next = openJournal(file, options);
  for (const sequence of [497, 498, 499]) {
    expect(next.skip(sequence % 4, sequence % 3, sequence)).toBe(true);
    expect(next.skip(sequence % 4, sequence % 3, sequence + 12)).toBe(false);
  }
  expect(next.ledger.total().acknowledged).toBe(500);
  await next.close();
  expect(existsSync(`${file}.tmp`)).toBe(false);
});

describe('on a full disk', () => {
  it('it fails with what to do, ever after, and what was written stays', async () => {
    const file = newFile();
    const journal = openJournal(file, { ...OPTIONS, port: fullDisk(300) });
    const attempt = () => {
      for (let sequence = 0; sequence < 50; sequence++) deliver(journal, 0, 0, sequence);
    };
    expect(attempt).toThrow(/Cannot write ".*delivery.journal": the disk is full \(ENOSPC\)/);
    expect(() => journal.flush()).toThrow('ENOSPC');
    await journal.close();
    const next = openJournal(file, OPTIONS);
    expect(next.skip(0, 0, 0)).toBe(true);
    expect(next.skip(0, 0, 49)).toBe(false);
    await next.close();
  });
});

it('an unfinished first line is no crash of ours', () => {
  const file = newFile();
  void openJournal(file, OPTIONS);
  truncateSync(file, 10);
  expect(() => openJournal(file, OPTIONS)).toThrow('Cannot use the journal');
});
