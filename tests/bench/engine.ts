/**
 * Benches of the engine: the event calendar under the hold model, and actors of a session-like statechart
 * under the engines `derived` and `stock`. Run alone: `tsx tests/bench/engine.ts`.
 */
import { realpathSync } from 'node:fs';
import { argv, cpuUsage, memoryUsage, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { setup } from 'xstate';
import { Calendar } from '../../src/engine/calendar.ts';
import type { Engine } from '../../src/engine/executive.ts';
import { Executive } from '../../src/engine/executive.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { exponential } from '../../src/engine/variates.ts';

/** Microseconds of processor time so far: unlike the clock's, fair on a busy machine. */
function cpuUs(): number {
  const { user, system } = cpuUsage();
  return user + system;
}

/** Microseconds a hold (take the next entry, schedule another) with so many entries pending. */
export function holdUs(pending: number, holds: number): number {
  const calendar = new Calendar();
  const stream = Substream.of(1, purposeKey('bench', 'hold'));
  const increments = Float64Array.from({ length: 4096 }, () =>
    Math.round(exponential(stream, 6e4)),
  );
  for (let i = 0; i < pending; i++) calendar.schedule(increments[i & 4095], 1, 1, 0);
  const hold = (count: number): void => {
    for (let i = 0; i < count; i++) {
      calendar.pop();
      calendar.schedule(calendar.atMs + increments[i & 4095], 1, 1, 0);
    }
  };
  hold(holds / 5);
  const before = cpuUs();
  hold(holds);
  return (cpuUs() - before) / holds;
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
  const before = cpuUs();
  run(sessions);
  const usPerSession = (cpuUs() - before) / sessions;
  return {
    usPerSession,
    stepsPerSession: steps / sessions,
    heapGrowthMb: (memoryUsage().heapUsed - heapBefore) / 2 ** 20,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Prints medians of five interleaved rounds. */
function main(): void {
  const print = (line: string): void => {
    stdout.write(`${line}\n`);
  };
  const rounds = [1, 2, 3, 4, 5];
  for (const pending of [1000, 10_000, 100_000]) {
    const us = median(rounds.map(() => holdUs(pending, 500_000)));
    print(`calendar, ${pending} pending: ${us.toFixed(3)} us a hold, ${(1 / us).toFixed(1)} M/s`);
  }
  for (const alive of [100, 1000]) {
    const figures = rounds.map(() => ({
      derived: sessionFigures('derived', 50_000, alive),
      stock: sessionFigures('stock', 1000, alive),
    }));
    const derivedUs = median(figures.map(({ derived }) => derived.usPerSession));
    const stockUs = median(figures.map(({ stock }) => stock.usPerSession));
    print(
      `sessions of ${figures[0].derived.stepsPerSession.toFixed(1)} steps, ${alive} alive: ` +
        `derived ${derivedUs.toFixed(2)} us, stock ${stockUs.toFixed(1)} us, ` +
        `ratio ${(stockUs / derivedUs).toFixed(0)}`,
    );
  }
  const { heapGrowthMb } = sessionFigures('derived', 1_000_000, 100);
  print(`heap after a million sessions: ${heapGrowthMb.toFixed(1)} MB more`);
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) main();
