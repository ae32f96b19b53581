/**
 * The publisher with the real SDK over a real socket, while the hub is busy, cuts connections, falls
 * silent and goes away; from fixed seeds.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import type { Fault } from '../../src/hub/faults.ts';
import { openJournal } from '../../src/delivery/journal-access.ts';
import { testHub } from '../hub/clients.ts';
import { fullDisk } from '../sinks/failing-files.ts';
import {
  account,
  ENTITIES,
  hubPublisher,
  PARTITIONS,
  PATIENT_MS,
  SEND_TIMEOUT_MS,
} from './chaos.ts';
import { events, offerAll, temporaryFolder } from './fixtures.ts';

const REGIONS = 3;
const PER_REGION = 400;
const BATCH = 25;

const FAULTS: readonly Fault[] = [
  { kind: 'busy' },
  { kind: 'drop-before-store' },
  { kind: 'drop-after-store' },
  { kind: 'detach' },
  { kind: 'silence', forMs: SEND_TIMEOUT_MS + 100 },
  { kind: 'silence', forMs: 40 },
];

async function stream(
  faults: (hub: Awaited<ReturnType<typeof testHub>>) => Promise<void> | void,
  sendTimeoutMs = SEND_TIMEOUT_MS,
) {
  const hub = await testHub({ entities: ENTITIES });
  const journal = openJournal(path.join(temporaryFolder(), 'delivery.journal'), {
    base: 'start',
    partitions: PARTITIONS,
  });
  const publisher = await hubPublisher(hub, journal, sendTimeoutMs);
  const { ledger } = publisher;
  const scripted = faults(hub);
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      const { generated, acknowledged, deadLettered } = ledger.total();
      expect(generated).toBe(acknowledged + deadLettered + ledger.inFlight);
      await sleep(3);
    }
  })();
  await offerAll(publisher, events(REGIONS, PER_REGION));
  await publisher.flush();
  await scripted;
  isOver = true;
  await watch;
  await publisher.close();
  const total = ledger.total();
  expect(total).toMatchObject({
    generated: REGIONS * PER_REGION,
    sent: REGIONS * PER_REGION,
    acknowledged: REGIONS * PER_REGION,
    inFlight: 0,
  });
  const { repeats } = account(hub, REGIONS, PER_REGION);
  expect(repeats).toBeLessThanOrEqual(total.possiblyRepeated);
  // A failure is that of a batch in one partition.
  expect(total.possiblyRepeated).toBeLessThanOrEqual(publisher.status().failures * BATCH);
  return { hub, publisher, total };
}

describe('one kind of fault', () => {
  it.each(FAULTS.map((fault) => [fault.kind, fault] as const))('%s %o', async (kind, fault) => {
    const isAnswered = kind === 'busy';
    const { total, publisher, hub } = await stream(
      ({ faults }) => {
        for (let partition = 0; partition < PARTITIONS; partition++) {
          faults.next(partition, fault);
          faults.next(partition, fault);
        }
      },
      isAnswered ? PATIENT_MS : SEND_TIMEOUT_MS,
    );
    expect(hub.faults.pending).toBe(0);
    // An answer that comes late but in time is no failure.
    const isSlow = fault.kind === 'silence' && fault.forMs < SEND_TIMEOUT_MS;
    if (!isSlow) expect(total.retried).toBeGreaterThan(0);
    if (isAnswered) {
      expect(publisher.status()).toMatchObject({ throttled: 2 * PARTITIONS, failures: 0 });
      expect(total.possiblyRepeated).toBe(0);
    }
  });
});

describe('all kinds together', () => {
  it.each([1, 2, 3])('seed %i', async (seed) => {
    const random = Substream.of(seed, purposeKey('chaos', 'faults'));
    const { hub, total } = await stream(({ faults }) => {
      for (let count = 0; count < 20; count++) {
        faults.next(random.below(PARTITIONS), FAULTS[random.below(FAULTS.length)]);
      }
    });
    expect(hub.faults.pending).toBeLessThan(20);
    expect(total.retried).toBeGreaterThan(0);
  });
});

it('three outages: the breaker opens, and everything arrives', async () => {
  const { publisher } = await stream(async (hub) => {
    for (let outage = 0; outage < 3; outage++) {
      await sleep(30);
      await hub.outage(600);
    }
  });
  expect(publisher.status().breakerOpenings).toBeGreaterThan(0);
  expect(publisher.status().breaker).toBe('closed');
});

it('throttled each second, it waits and sends again', async () => {
  const { publisher, total } = await stream(({ faults }) => {
    faults.throttle({ eventsPerSecond: 700 });
  }, PATIENT_MS);
  expect(publisher.status().throttled).toBeGreaterThan(0);
  expect(total.possiblyRepeated).toBe(0);
});

it('a full disk for the journal ends it cleanly; the next run loses nothing', async () => {
  const hub = await testHub({ entities: ENTITIES });
  const file = path.join(temporaryFolder(), 'delivery.journal');
  const options = { base: 'start', partitions: PARTITIONS };
  const full = openJournal(file, { ...options, port: fullDisk(2_000) });
  const first = await hubPublisher(hub, full, PATIENT_MS);
  const offers = offerAll(first, events(REGIONS, PER_REGION)).then(() => first.flush());
  await expect(offers).rejects.toThrow(/Cannot write ".*delivery.journal": the disk is full/);
  await first.close();
  const before = hub.stats().incomingEvents;
  expect(before).toBeGreaterThan(0);
  const second = await hubPublisher(hub, openJournal(file, options), PATIENT_MS);
  await offerAll(second, events(REGIONS, PER_REGION));
  await second.flush();
  expect(second.status().skipped).toBeGreaterThan(0);
  await second.close();
  const { repeatsByPartition } = account(hub, REGIONS, PER_REGION);
  for (const repeats of repeatsByPartition) expect(repeats).toBeLessThanOrEqual(BATCH);
  const { acknowledged, generated, possiblyRepeated } = second.ledger.total();
  expect({ acknowledged, generated }).toEqual({ acknowledged: 1_200, generated: 1_200 });
  expect(possiblyRepeated).toBeGreaterThanOrEqual(repeatsByPartition.reduce((a, b) => a + b));
});
