/** The journal over crashes, full disks, damage and new checkpoints. */
import { cpSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/delivery/journal.ts';
import { continueJournal, openJournal, readJournal } from '../../src/delivery/journal-access.ts';
import { Frontier } from '../../src/delivery/frontier.ts';
import { fullDisk, quickFiles } from '../sinks/failing-files.ts';
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
  expect([9, 10].map((sequence) => next.sentBefore(0, 2, sequence))).toEqual(['yes', 'no']);
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
      /Cannot use the journal ".*": line \d+ does not match its checksum.*--rebuild-journal/,
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
  expect(journal.sentBefore(3, 1, 0)).toBe('no');
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
    expect([30, 31].map((sequence) => next.sentBefore(2, 0, sequence))).toEqual(['yes', 'no']);
    expect(next.isFresh).toBe(false);
    await next.close();
    expect(() => continueJournal(copy, { ...OPTIONS, base, partitions: 8 })).toThrow(
      'the stream had 4 partitions, found 8',
    );
  }
  await Promise.all([killed.close(), journal.close()]);
});

it('refuses a checkpoint that it was not told of', async () => {
  const file = newFile();
  const killed = openJournal(file, OPTIONS);
  deliver(killed, 3, 1, 1_000);
  expect(() => continueJournal(file, { ...OPTIONS, base: 'history' })).toThrow(
    /counts from checkpoint "region@1", expected "history".*--rebuild-journal/,
  );
  expect(() => killed.rebase('history')).toThrow('was not announced');
  await killed.close();
});

describe('with a frontier, which knows how much of it was written', () => {
  const AT_MS = Date.parse('2024-03-09T12:00:00Z');
  const frontierOf = (file: string) =>
    new Frontier(path.join(path.dirname(file), 'frontier'), { wallMs: () => 0 });

  /** A journal of a life that was killed after so many events, synced after some of them. */
  function killed(events: number, syncedAfter: number): { file: string; synced: number } {
    const file = newFile();
    const frontier = frontierOf(file);
    const journal = openJournal(file, { ...OPTIONS, frontier });
    frontier.settled(AT_MS);
    let synced = 0;
    for (let sequence = 0; sequence < events; sequence++) {
      deliver(journal, 0, 0, sequence);
      if (sequence !== syncedAfter) continue;
      synced = statSync(file).size;
      frontier.synced(1, synced);
    }
    return { file, synced };
  }
  const reopened = (file: string) => openJournal(file, { ...OPTIONS, frontier: frontierOf(file) });

  it('knows all after a crash', () => {
    const { file } = killed(20, 10);
    const journal = reopened(file);
    expect(journal.skip(0, 0, 19)).toBe(true);
    expect(journal.sentBefore(0, 0, 20)).toBe('no');
  });

  it('refuses one that is empty, or cut before what was on disk, and says how to go on', () => {
    const { file, synced } = killed(20, 10);
    const bytes = readFileSync(file);
    const property = fc.property(fc.integer({ min: 0, max: synced - 1 }), (length) => {
      writeFileSync(file, bytes.subarray(0, length));
      expect(() => reopened(file)).toThrow(/Cannot use the journal .*--rebuild-journal/);
    });
    fc.assert(property, { numRuns: 60 });
    writeFileSync(file, '');
    expect(() => reopened(file)).toThrow(/it is empty/);
    expect(() => readJournal(file)).toThrow(/it is empty/);
  });

  it('takes for sent perhaps what it lost after that, as in a power cut, until all is settled', () => {
    const { file, synced } = killed(20, 10);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, synced + 5));
    const journal = reopened(file);
    expect(journal.skip(0, 0, 10)).toBe(true);
    expect(journal.sentBefore(0, 0, 11)).toBe('perhaps');
    // Also in the life after the next.
    expect(reopened(file).sentBefore(0, 0, 11)).toBe('perhaps');
    const before = String(AT_MS - 1);
    journal.announce(before, new Map());
    journal.rebase(before);
    expect(journal.sentBefore(0, 0, 11)).toBe('perhaps');
    journal.announce(String(AT_MS), new Map());
    journal.rebase(String(AT_MS));
    expect(journal.sentBefore(0, 0, 11)).toBe('no');
  });

  it('refuses an older copy of it, and one of another world', () => {
    const { file } = killed(5, 2);
    const old = readFileSync(file);
    const journal = reopened(file);
    for (const base of ['region@2', 'region@3']) {
      journal.announce(base, new Map());
      journal.rebase(base);
    }
    writeFileSync(file, old);
    expect(() => reopened(file)).toThrow(/its edition is 1, expected 5/);
    expect(() =>
      openJournal(file, { ...OPTIONS, world: 'abc', frontier: frontierOf(file) }),
    ).toThrow(/it belongs to world unknown, expected abc/);
  });

  it('is written anew without being taken for another one, wherever a crash comes', () => {
    const { file } = killed(5, 2);
    const before = readFileSync(path.join(path.dirname(file), 'frontier'));
    reopened(file).announce('region@2', new Map());
    // Killed before the frontier was told.
    writeFileSync(path.join(path.dirname(file), 'frontier'), before);
    expect(reopened(file).skip(0, 0, 4)).toBe(true);
  });
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
        expect(journal.sentBefore(partition, 1, sequence)).toBe('no');
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
