/**
 * Benches of the engine: the event calendar under the hold model, and actors of a session-like statechart
 * under the engines `derived` and `stock`. Run alone: `tsx tests/bench/engine.ts`.
 */
import { realpathSync } from 'node:fs';
import { argv, memoryUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { setup } from 'xstate';
import { Calendar } from '../../src/engine/calendar.ts';
import type { Engine } from '../../src/engine/executive.ts';
import { Executive } from '../../src/engine/executive.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { exponential } from '../../src/engine/variates.ts';

/** Microseconds a hold (take the next entry, schedule another) with so many entries pending. */
export function holdUs(pending: number, holds: number): number {
  const calendar = new Calendar();
  const stream = Substream.of(1, purposeKey('bench', 'hold'));
  const increments = Float64Array.from({ length: 4096 }, () =>
    Math.round(exponential(stream, 1000 * 60)),
  );
  for (let i = 0; i < pending; i++) calendar.schedule(increments[i & 4095], 1, 1, 0);
  const before = performance.now();
  for (let i = 0; i < holds; i++) {
    calendar.pop();
    calendar.schedule(calendar.atMs + increments[i & 4095], 1, 1, 0);
  }
  return ((performance.now() - before) * 1000) / holds;
}

interface Session {
  stream: Substream;
  zones: number;
  rows: number;
}

/** A visit of twelve timed steps on average, with a phone that pings in a region of its own. */
export const session = setup({
  types: {} as { context: Session; input: Session; events: { type: 'CALLED' } },
  actions: {
    note: ({ context }) => {
      context.rows++;
    },
    takeGoods: ({ context }) => {
      context.zones--;
      context.rows++;
    },
  },
  guards: { zonesLeft: ({ context }) => context.zones > 0 },
  delays: {
    walk: ({ context }) => 1000 + context.stream.below(1000),
    dwell: ({ context }) => 20_000 + context.stream.below(20_000),
    pingInterval: ({ context }) => 30_000 + context.stream.below(5000),
  },
}).createMachine({
  id: 'session',
  context: ({ input }) => input,
  initial: 'inside',
  states: {
    inside: {
      type: 'parallel',
      states: {
        shopper: {
          initial: 'entering',
          states: {
            entering: { entry: 'note', after: { walk: 'deciding' } },
            deciding: {
              always: [{ guard: 'zonesLeft', target: 'browsing' }, { target: 'queueing' }],
            },
            browsing: { after: { dwell: { target: 'deciding', actions: 'takeGoods' } } },
            queueing: { after: { walk: 'paying' }, on: { CALLED: 'paying' } },
            paying: { after: { dwell: { target: 'leaving', actions: 'note' } } },
            leaving: { entry: 'note', after: { walk: '#session.gone' } },
          },
        },
        phone: {
          initial: 'on',
          states: {
            on: {
              after: { pingInterval: { target: 'on', reenter: true, actions: 'note' } },
            },
          },
        },
      },
    },
    gone: { type: 'final', entry: 'note' },
  },
});

export interface SessionFigures {
  usPerSession: number;
  stepsPerSession: number;
  heapGrowthMb: number;
}

/** Cost of a session with so many alive at a time. */
export function sessionFigures(engine: Engine, sessions: number, alive: number): SessionFigures {
  const executive = new Executive({ startMs: 0, engine, seed: 1 });
  const stream = Substream.of(1, purposeKey('bench', 'session'));
  const meanVisitMs = 220_000;
  let steps = 0;
  const run = (count: number): void => {
    for (let i = 0; i < count; i++) {
      steps += executive.run(executive.nowMs + Math.floor(meanVisitMs / alive));
      executive.start(session, { stream, zones: 3 + (i % 4), rows: 0 });
    }
  };
  run(Math.floor(sessions / 5));
  steps = 0;
  const heapBefore = memoryUsage().heapUsed;
  const before = performance.now();
  run(sessions);
  const usPerSession = ((performance.now() - before) * 1000) / sessions;
  return {
    usPerSession,
    stepsPerSession: steps / sessions,
    heapGrowthMb: (memoryUsage().heapUsed - heapBefore) / 2 ** 20,
  };
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  holdUs(1000, 200_000);
  for (const pending of [1000, 10_000, 100_000]) {
    const us = holdUs(pending, 1_000_000);
    print(`calendar, ${pending} pending: ${us.toFixed(3)} us a hold, ${(1 / us).toFixed(1)} M/s`);
  }
  for (const [engine, sessions] of [
    ['derived', 200_000],
    ['stock', 5000],
  ] as const) {
    const { usPerSession, stepsPerSession, heapGrowthMb } = sessionFigures(engine, sessions, 100);
    print(
      `${engine}: ${usPerSession.toFixed(2)} us a session of ${stepsPerSession.toFixed(1)} steps, ` +
        `heap ${heapGrowthMb.toFixed(1)} MB more after ${sessions}`,
    );
  }
}
