/** From a seed to a plan: the same seed, the same plan. */
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import type { Fault } from '../../src/hub/faults.ts';
import type {
  Act,
  Beginning,
  CatchUp,
  Disruption,
  Happening,
  HistoryStep,
  Moment,
  Plan,
  RealtimeStep,
  ServeStep,
  Speed,
  Step,
  TamperedFile,
  Tampering,
} from './steps.ts';

const PURPOSE = purposeKey('chaos', 'plan');
/** Signals that stop a process, or ask it to end, are those of a system of the Unix kind. */
const HAS_SIGNALS = process.platform !== 'win32';

type Weighted<Value> = readonly (readonly [weight: number, value: Value])[];

class Draw {
  private readonly random: Substream;

  constructor(seed: number) {
    this.random = Substream.of(seed, PURPOSE);
  }

  /** A whole number of [least, most]. */
  whole(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  chance(percent: number): boolean {
    return this.whole(1, 100) <= percent;
  }

  one<Value>(values: readonly Value[]): Value {
    return values[this.whole(0, values.length - 1)];
  }

  weighted<Value>(values: Weighted<Value>): Value {
    let left = this.whole(
      1,
      values.reduce((sum, [weight]) => sum + weight, 0),
    );
    for (const [weight, value] of values) {
      left -= weight;
      if (left <= 0) return value;
    }
    throw new RangeError('Cannot draw from nothing');
  }
}

/** What a seed does to a world. @param count how many steps, or one more */
export function drawPlan(seed: number, count: number): Plan {
  const draw = new Draw(seed);
  const world = draw.weighted([
    [3, 'small'],
    [2, 'divided'],
  ] as const);
  const inShards = world === 'divided' && draw.chance(25);
  const beginning: Beginning = inShards
    ? {
        from: 'shards',
        killedAfterMs: [1, 2].map(() => (draw.chance(50) ? draw.whole(200, 900) : null)),
      }
    : { from: 'history' };
  const partitions = draw.whole(1, 4);
  const steps: Step[] = [drawRealtime(draw)];
  while (steps.length < count) {
    const step = drawStep(draw);
    steps.push(step);
    // What was tampered with is found by whoever comes next, which mostly is a stream.
    if (step.step === 'tamper' && draw.chance(80)) steps.push(drawRealtime(draw));
  }
  return { world, beginning, partitions, steps };
}

function drawStep(draw: Draw): Step {
  const kind = draw.weighted([
    [60, 'realtime'],
    [12, 'history'],
    [16, 'tamper'],
    [4, 'retry dead letters'],
    [5, 'disrupt'],
    [3, 'serve'],
  ] as const);
  switch (kind) {
    case 'realtime':
      return drawRealtime(draw);
    case 'history':
      return drawHistory(draw);
    case 'tamper':
      return { step: 'tamper', file: draw.one(FILES), how: draw.one(TAMPERINGS) };
    case 'retry dead letters':
      return { step: 'retry dead letters' };
    case 'disrupt':
      return { step: 'disrupt', disruption: draw.chance(20) ? 'clear' : drawDisruption(draw) };
    case 'serve':
      return drawServe(draw);
  }
}

const FILES: readonly TamperedFile[] = ['journal', 'journal', 'journal', 'manifest', 'frontier'];
const TAMPERINGS: readonly Tampering[] = ['torn', 'cut', 'halved', 'emptied', 'deleted', 'foreign'];

const SPEEDS: Weighted<Speed> = [
  [2, 1],
  [5, 60],
  [4, 600],
  [4, 1200],
  [4, 'max'],
];
const CATCH_UPS: Weighted<CatchUp> = [
  [5, 'csv'],
  [2, 'stream'],
  [4, 'none'],
];
/** Types that bring forth enough for something to happen. */
const TYPES = ['receipt_line_added', 'inventory_updated', 'ble_ping_detected', 'customer_entered'];

/** How far this machine's clock is ahead of the world: seldom behind, often near, sometimes by far. */
function drawAhead(draw: Draw): number {
  return draw.weighted([
    [5, 0],
    [4, draw.whole(1, 30)],
    [1, -draw.whole(1, 30)],
  ]);
}

/** Each thread has to start, which takes longer than what it does here. */
const drawWorkers = (draw: Draw) => (draw.chance(10) ? 2 : 1);

/** Events to wait for at a speed: about a second of them, and as many as a kill may find on their way. */
function drawEvents(draw: Draw, speed: Speed): number {
  if (speed === 1) return draw.whole(1, 2);
  return draw.whole(1, speed === 'max' ? 1200 : Math.ceil(speed / 1.5));
}

function drawRealtime(draw: Draw): RealtimeStep {
  const speed = draw.weighted(SPEEDS);
  const { happenings, diskBytes } = drawTroubles(draw, speed);
  const ends = happenings.some(({ act }) => act.do === 'kill' || act.do.startsWith('interrupt'));
  const wallSeconds = ends ? 20 : draw.whole(1, 2);
  const minutes =
    speed === 'max' ? draw.whole(5, 60) : Math.max(1, Math.ceil((speed * wallSeconds) / 60));
  return {
    step: 'realtime',
    catchUp: draw.weighted(CATCH_UPS),
    alsoCsv: draw.chance(20),
    speed,
    aheadMinutes: drawAhead(draw),
    minutes: Math.min(minutes, 60),
    ...(!ends && speed !== 'max' && { durationMs: wallSeconds * 1000 }),
    ...(draw.chance(7) && { types: TYPES.slice(0, draw.whole(1, TYPES.length - 1)) }),
    workers: drawWorkers(draw),
    batch: draw.one([5, 25, 256]),
    buffer: draw.one([100, 300, 10_000]),
    happenings,
    ...(diskBytes !== undefined && { diskBytes }),
  };
}

interface Troubles {
  readonly happenings: readonly Happening[];
  readonly diskBytes?: number;
}

const happens = (after: Moment, act: Act): Happening => ({ after, act });

/** What happens to a stream on its way. */
function drawTroubles(draw: Draw, speed: Speed): Troubles {
  const begun: Moment = { events: drawEvents(draw, speed) };
  const soon: Moment = { ms: draw.whole(50, 800) };
  // A stream that goes as fast as it can is soon held up by its buffer.
  const told: Moment = speed === 'max' ? soon : { lines: draw.whole(1, 2) };
  const stop = (): Act =>
    draw.weighted<Act>([
      [6, { do: 'kill' }],
      [2, { do: HAS_SIGNALS ? 'interrupt twice' : 'kill' }],
    ]);
  const kind = draw.weighted([
    [14, 'nothing'],
    [18, 'killed'],
    [6, 'killed at any moment'],
    [8, 'interrupted'],
    [14, 'stopped in an outage'],
    [1, 'interrupted in an outage'],
    [10, 'stopped while the hub is frozen'],
    [6, 'outage'],
    [4, 'hub away at the start'],
    [4, 'frozen hub'],
    [8, 'faults'],
    [3, 'refused'],
    [4, 'frozen'],
    [4, 'clock'],
    [4, 'full disk'],
    [4, 'disrupted'],
  ] as const);
  switch (kind) {
    case 'nothing':
      return { happenings: [] };
    case 'killed':
      return { happenings: [happens(begun, { do: 'kill' })] };
    case 'killed at any moment':
      return { happenings: [happens({ ms: draw.whole(100, 1500) }, { do: 'kill' })] };
    case 'interrupted':
      return { happenings: [happens(begun, { do: 'interrupt' })] };
    case 'stopped in an outage':
      return { happenings: [happens(begun, { do: 'hub down' }), happens(told, stop())] };
    case 'interrupted in an outage':
      return {
        happenings: [happens(begun, { do: 'hub down' }), happens(told, { do: 'interrupt' })],
      };
    case 'stopped while the hub is frozen':
      return {
        happenings: [
          happens(begun, { do: 'hub frozen' }),
          happens(told, stop()),
          happens({ ms: 50 }, { do: 'hub thawed', keeps: draw.chance(50) }),
        ],
      };
    case 'outage':
      return { happenings: [happens(begun, { do: 'hub down' }), happens(soon, { do: 'hub up' })] };
    case 'hub away at the start':
      return {
        happenings: [
          happens({ ms: 0 }, { do: 'hub down' }),
          happens({ ms: draw.whole(400, 2_500) }, { do: 'hub up' }),
          ...(draw.chance(50) ? [happens(begun, { do: 'kill' } as const)] : []),
        ],
      };
    case 'frozen hub':
      return {
        happenings: [
          happens(begun, { do: 'hub frozen' }),
          happens(soon, { do: 'hub thawed', keeps: draw.chance(50) }),
        ],
      };
    case 'faults':
      return {
        happenings: [
          happens({ ms: 0 }, { do: 'hub faults', faults: drawFaults(draw) }),
          ...(draw.chance(50) ? [happens(begun, { do: 'kill' } as const)] : []),
        ],
      };
    case 'refused':
      return {
        happenings: [happens({ ms: 0 }, { do: 'hub faults', faults: [{ kind: 'refuse' }] })],
      };
    case 'frozen':
      return {
        happenings: [
          happens(begun, { do: HAS_SIGNALS ? 'freeze' : 'kill', forMs: draw.whole(100, 900) }),
        ],
      };
    case 'clock':
      return {
        happenings: [
          happens(begun, {
            do: 'clock jumps',
            byMs: draw.one([-1, 1]) * draw.whole(1, 1800) * 1000,
          }),
          ...(draw.chance(50) ? [happens(soon, { do: 'kill' } as const)] : []),
        ],
      };
    case 'full disk':
      return { happenings: [], diskBytes: draw.whole(500, 60_000) };
    case 'disrupted':
      return {
        happenings: [
          happens(begun, { do: 'disrupt', disruption: drawDisruption(draw) }),
          ...(draw.chance(50) ? [happens(soon, { do: 'kill' } as const)] : []),
        ],
      };
  }
}

function drawFaults(draw: Draw): Fault[] {
  return Array.from({ length: draw.whole(1, 5) }, () =>
    draw.one<Fault>([
      { kind: 'busy' },
      { kind: 'drop-before-store' },
      { kind: 'drop-after-store' },
      { kind: 'detach' },
      { kind: 'silence', forMs: draw.whole(20, 300) },
    ]),
  );
}

function drawDisruption(draw: Draw): Disruption {
  return {
    type: draw.one(['dc_outage', 'weather_delay', 'inventory_shortage', 'supplier_delay']),
    target: draw.one(['all', 'dc:1']),
    severity: draw.whole(2, 10) / 10,
    hours: draw.whole(1, 9),
  };
}

function drawHistory(draw: Draw): HistoryStep {
  const kind = draw.weighted([
    [5, 'whole'],
    [3, 'killed'],
    [2, 'killed at a file'],
    [2, 'interrupted'],
    [2, 'full disk'],
  ] as const);
  const kill = (after: Moment) => [happens(after, { do: 'kill' })];
  const troubles = (): Troubles => {
    switch (kind) {
      case 'whole':
        return { happenings: [] };
      case 'killed':
        return { happenings: kill({ ms: draw.whole(100, 900) }) };
      case 'killed at a file':
        return {
          happenings: kill({
            file: draw.one(['facts/receipts/dt=2024-03-03', 'checkpoint/run.lock']),
          }),
        };
      case 'interrupted':
        return { happenings: [happens({ file: 'checkpoint/run.lock' }, { do: 'interrupt' })] };
      case 'full disk':
        return { happenings: [], diskBytes: draw.whole(500, 200_000) };
    }
  };
  const { happenings, diskBytes } = troubles();
  return {
    step: 'history',
    minutes: draw.whole(1, 90),
    workers: drawWorkers(draw),
    happenings,
    ...(diskBytes !== undefined && { diskBytes }),
  };
}

function drawServe(draw: Draw): ServeStep {
  const speed = draw.one([60, 600]);
  return {
    step: 'serve',
    catchUp: draw.weighted(CATCH_UPS),
    speed,
    aheadMinutes: drawAhead(draw),
    events: drawEvents(draw, speed),
    kill: draw.chance(70),
  };
}
