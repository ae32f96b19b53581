/** A requested disruption has the same effects whether it came at its instant or was known before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisruptionCommand } from '../../src/domain/requested-disruption.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { CommandBook } from '../../src/entities/command-book.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { DigestSink } from '../helpers/digest-sink.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { scarceWorld } from './scarce-world.ts';

const DAYS = 3;
const world = scarceWorld({ total_customers: 1200, customers_per_day: 100 });
const endMs = world.startMs + DAYS * DAY_MS;

const at = fc.integer({ min: 0, max: DAYS * DAY_MS - 1 }).map((ms) => world.startMs + ms);
const length = fc.integer({ min: 60_000, max: 2 * DAY_MS });
const severityPercent = fc.integer({ min: 10, max: 100 });
const trucks = world.regions[0].trucks.map(({ id }) => id);
const about = fc.constantFrom(
  { type: 'dc_outage', target: { dcs: [1] } },
  { type: 'inventory_shortage', target: { dcs: [1] } },
  { type: 'inventory_shortage', target: { products: [1, 2, 3, 4, 5, 6, 7, 8] } },
  { type: 'truck_breakdown', target: { dcs: [1] } },
  { type: 'truck_breakdown', target: { trucks: trucks.slice(0, 2) } },
  { type: 'weather_delay', target: {} },
  { type: 'weather_delay', target: { stores: [world.regions[0].stores[0].id] } },
  { type: 'supplier_delay', target: { dcs: [1] } },
  { type: 'supplier_delay', target: { suppliers: [1, 2, 3] } },
) as fc.Arbitrary<Pick<Created, 'type' | 'target'>>;
type Created = Extract<DisruptionCommand, { kind: 'create' }>['disruption'];

/** Creations, some planned for later, and cancellations, in order of time. */
const commands = fc
  .array(
    fc.record({ at, wait: fc.constantFrom(0, 0, 3 * HOUR_MS), length, severityPercent, about }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((made) => {
    made.sort((a, b) => a.at - b.at);
    const creations = made.map(({ at: atMs, wait, length, severityPercent, about }, index) => ({
      kind: 'create' as const,
      atMs,
      disruption: {
        ...about,
        number: index + 1,
        severityPercent,
        description: 'By hand',
        startMs: atMs + wait,
        endMs: atMs + wait + length,
      },
    }));
    const cancellation = fc
      .tuple(fc.integer({ min: 0, max: made.length - 1 }), fc.integer({ min: 0, max: DAY_MS }))
      .map(([index, afterMs]) => ({
        kind: 'cancel' as const,
        atMs: creations[index].atMs + afterMs,
        numbers: [index + 1],
      }));
    return fc
      .array(cancellation, { maxLength: 2 })
      .map((cancelled): DisruptionCommand[] =>
        [...creations, ...cancelled].sort((a, b) => a.atMs - b.atMs),
      );
  });
const cuts = fc.array(at, { minLength: 1, maxLength: 3 });

function begin(commands: CommandBook, interpreter: 'derived' | 'stock' = 'derived') {
  const sink = new DigestSink();
  const plan = world.regions[0];
  const base = { world, plan, effects: NO_EFFECTS, facts: sink.facts, commands };
  return { sink, base, simulation: new RegionSimulation({ ...base, interpreter }) };
}

describe('a region with requested disruptions', () => {
  it('ends in the same state whether they were known before or came at their instant, over any checkpoints', () => {
    const none = begin(new CommandBook());
    none.simulation.advance(endMs);
    let felt = 0;
    fc.assert(
      fc.property(commands, cuts, (all, cutsMs) => {
        const known = begin(new CommandBook(all));
        known.simulation.advance(endMs);

        const book = new CommandBook();
        const { sink, base, simulation } = begin(book);
        let current = simulation;
        const stops = [
          ...all.map((command) => ({ atMs: command.atMs, command })),
          ...cutsMs.map((atMs) => ({ atMs, command: undefined })),
        ].sort((a, b) => a.atMs - b.atMs);
        for (const { atMs, command } of stops) {
          current.advance(atMs);
          if (command !== undefined) book.add(command);
          else current = RegionSimulation.restore(base, plainCopy(current.save()));
        }
        current.advance(endMs);
        expect(sink.summary()).toEqual(known.sink.summary());
        expect(plainCopy(current.save())).toEqual(plainCopy(known.simulation.save()));
        if (JSON.stringify(sink.summary()) !== JSON.stringify(none.sink.summary())) felt++;
      }),
      { numRuns: 8, seed: 4 },
    );
    expect(felt).toBeGreaterThan(5);
  });

  it('does the same under stock XState', () => {
    const [all] = fc.sample(commands, { numRuns: 1, seed: 11 });
    const runs = (['derived', 'stock'] as const).map((interpreter) => {
      const { sink, simulation } = begin(new CommandBook(all), interpreter);
      simulation.advance(world.startMs + 1.5 * DAY_MS);
      return sink.summary();
    });
    expect(runs[1]).toEqual(runs[0]);
  });
});

describe('the book of commands', () => {
  it('takes them in order of time only', () => {
    const book = new CommandBook([{ kind: 'cancel', atMs: 5, numbers: [] }]);
    expect(() => book.add({ kind: 'cancel', atMs: 4, numbers: [] })).toThrow('order of time');
    expect(book.between(0, 5)).toEqual([]);
    expect(book.between(5, 6)).toHaveLength(1);
    expect(book.between(6, 9)).toEqual([]);
  });
});
