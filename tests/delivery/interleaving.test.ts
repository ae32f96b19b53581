/** Batches stored, lost, refused, and processes killed in any order: no event is lost, order is kept. */
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Journal } from '../../src/delivery/journal.ts';
import { openJournal } from '../../src/delivery/journal-access.ts';
import type { Ledger } from '../../src/delivery/ledger.ts';
import type { OutgoingEvent } from '../../src/envelopes/outgoing-event.ts';
import type { AppendPort } from '../../src/delivery/append-file.ts';
import { errno, quickFiles } from '../sinks/failing-files.ts';
import { eventAt, quickPublisher, temporaryFolder } from './fixtures.ts';
import { FakeTiming, settled } from './fake-timing.ts';
import { firstOccurrences, ScriptedSink, type Step } from './scripted-sink.ts';

const PARTITIONS = 3;
const REGIONS = 2;
const PER_REGION = 60;

const life = fc.record({
  /** What happens to the sends of this life, in turn; then all is well. */
  steps: fc.array(
    fc.constantFrom<Step>('ok', 'ok', 'ok', 'busy', 'unsent', 'unknown', 'stored-unknown'),
    { maxLength: 40 },
  ),
  /** After how many turns of the clock the process is killed. */
  turns: fc.integer({ min: 0, max: 25 }),
  batch: fc.integer({ min: 1, max: 9 }),
  buffer: fc.integer({ min: 1, max: 60 }),
});

function checkLedger(ledger: Ledger): void {
  const { generated, acknowledged, deadLettered, inFlight } = ledger.total();
  expect(generated).toBe(acknowledged + deadLettered + ledger.inFlight);
  expect(inFlight).toBe(ledger.inFlight);
}

it('nothing is lost, order is kept, repeats are bounded and counted', async () => {
  const folder = temporaryFolder();
  let run = 0;
  const property = fc.asyncProperty(
    fc.array(life, { minLength: 1, maxLength: 4 }),
    async (lives) => {
      const file = path.join(folder, `${run++}.journal`);
      const stored: OutgoingEvent[][] = Array.from({ length: PARTITIONS }, () => []);
      let journal: Journal | undefined;
      for (const [index, { steps, turns, batch, buffer }] of lives.entries()) {
        const isLast = index === lives.length - 1;
        let at = 0;
        const sink = new ScriptedSink(PARTITIONS, () => steps[at++] ?? 'ok');
        const timing = new FakeTiming();
        let killed = false;
        const port: AppendPort = {
          ...quickFiles,
          writeSync(descriptor, bytes, from, size) {
            if (killed) throw errno('EIO');
            return quickFiles.writeSync(descriptor, bytes, from, size);
          },
        };
        journal = openJournal(file, { base: 'b', partitions: PARTITIONS, timing, port });
        const settings = { maxBatchEvents: batch, maxBufferEvents: buffer };
        const publisher = quickPublisher(
          { sink, partitions: PARTITIONS, memory: journal, timing },
          settings,
        );
        const { ledger } = publisher;
        const work = (async () => {
          for (let sequence = 0; sequence < PER_REGION; sequence++) {
            for (let region = 0; region < REGIONS; region++) {
              if (killed) return;
              const room = publisher.offer(eventAt(region, sequence), region, sequence);
              checkLedger(ledger);
              if (room !== true) await room;
            }
          }
          await publisher.flush();
        })();
        let ended = false;
        void work.then(
          () => {
            ended = true;
          },
          () => {},
        );
        for (let turn = 0; !ended && (isLast || turn < turns); turn++) {
          await timing.ring();
          await settled();
          checkLedger(ledger);
        }
        if (isLast) {
          await work;
          await publisher.close();
        } else {
          // Killed: what is under way may arrive or not, and nobody is left to write anything.
          killed = true;
          publisher.close().catch(() => {});
          await timing.advance(2_000);
        }
        sink.stored.forEach((events, partition) => {
          stored[partition].push(...events);
        });
      }

      let repeats = 0;
      const seen: string[] = [];
      for (const events of stored) {
        const order = firstOccurrences(events.map(({ eventId }) => eventId));
        seen.push(...order.first);
        repeats += order.repeats;
        for (let region = 0; region < REGIONS; region++) {
          const sequences = order.first
            .map((id) => id.split('-').map(Number))
            .filter(([itsRegion]) => itsRegion === region)
            .map(([, sequence]) => sequence);
          expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
        }
      }
      expect(seen.length).toBe(REGIONS * PER_REGION);
      expect(new Set(seen).size).toBe(REGIONS * PER_REGION);
      const total = (journal as Journal).ledger.total();
      expect(total).toMatchObject({
        generated: REGIONS * PER_REGION,
        acknowledged: REGIONS * PER_REGION,
        sent: REGIONS * PER_REGION,
        inFlight: 0,
      });
      expect(repeats).toBeLessThanOrEqual(total.possiblyRepeated);
      expect(total.possiblyRepeated).toBeLessThanOrEqual(total.retried);
      // A batch per partition and life that was killed, and one per answer that was lost.
      const lost = lives
        .flatMap(({ steps }) => steps)
        .filter((step) => /unknown/.test(step)).length;
      const most = Math.max(...lives.map(({ batch }) => batch));
      expect(total.possiblyRepeated).toBeLessThanOrEqual(
        most * (lost + PARTITIONS * (lives.length - 1)),
      );
    },
  );
  await fc.assert(property, { numRuns: 60, seed: 20_240_301 });
});
