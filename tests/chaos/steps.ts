/** What can be done to a world: commands, and what happens to them on the way. Plain data, drawn from a seed. */
import type { Fault } from '../../src/hub/faults.ts';

/** When something happens, counted from what happened before it, or from the start of the command. */
export type Moment =
  /** So many events that had never arrived have arrived. */
  | { readonly events: number }
  /** So many status lines were printed. */
  | { readonly lines: number }
  /** A file or folder of the world is there. */
  | { readonly file: string }
  | { readonly ms: number };

export type Act =
  | { readonly do: 'kill' }
  /** Ctrl-C. */
  | { readonly do: 'interrupt' }
  | { readonly do: 'interrupt twice' }
  /** The process stands still for a while. */
  | { readonly do: 'freeze'; readonly forMs: number }
  | { readonly do: 'hub down' }
  | { readonly do: 'hub up' }
  | { readonly do: 'hub frozen' }
  /** A frozen hub goes on; what it was sent meanwhile is lost with it, or not. */
  | { readonly do: 'hub thawed'; readonly keeps: boolean }
  | { readonly do: 'hub faults'; readonly faults: readonly Fault[] }
  | { readonly do: 'clock jumps'; readonly byMs: number }
  | { readonly do: 'disrupt'; readonly disruption: Disruption };

export interface Happening {
  readonly after: Moment;
  readonly act: Act;
}

export interface Disruption {
  readonly type: string;
  readonly target: string;
  readonly severity: number;
  readonly hours: number;
}

export type Speed = number | 'max';
export type CatchUp = 'csv' | 'stream' | 'none';

export interface HistoryStep {
  readonly step: 'history';
  /** Simulated time beyond where the history ends. */
  readonly minutes: number;
  readonly workers: number;
  readonly happenings: readonly Happening[];
  /** Bytes until the disk is full. */
  readonly diskBytes?: number;
}

export interface RealtimeStep {
  readonly step: 'realtime';
  readonly catchUp: CatchUp;
  readonly alsoCsv: boolean;
  readonly speed: Speed;
  /** How far this machine's clock is ahead of the world's, in minutes. */
  readonly aheadMinutes: number;
  /** Simulated time to stream at most. */
  readonly minutes: number;
  /** Wall time to stream at most. */
  readonly durationMs?: number;
  readonly types?: readonly string[];
  /** Threads that catch up. */
  readonly workers: number;
  readonly batch: number;
  readonly buffer: number;
  readonly happenings: readonly Happening[];
  readonly diskBytes?: number;
}

export interface ServeStep {
  readonly step: 'serve';
  readonly catchUp: CatchUp;
  readonly speed: Speed;
  readonly aheadMinutes: number;
  readonly events: number;
  /** Whether it is killed, or asked to end. */
  readonly kill: boolean;
}

export type TamperedFile = 'journal' | 'manifest' | 'frontier';
export type Tampering =
  /** A line that was not written to its end, as a crash leaves it. */
  | 'torn'
  /** The last line is not whole. */
  | 'cut'
  | 'halved'
  | 'emptied'
  | 'deleted'
  | 'foreign';

export type Step =
  | HistoryStep
  | RealtimeStep
  | ServeStep
  | { readonly step: 'tamper'; readonly file: TamperedFile; readonly how: Tampering }
  | { readonly step: 'retry dead letters' }
  | { readonly step: 'disrupt'; readonly disruption: Disruption | 'clear' };

/** How a world begins. */
export type Beginning =
  | { readonly from: 'history' }
  /** Two shards and their merge; each may be killed on the way, and is run again then. */
  | { readonly from: 'shards'; readonly killedAfterMs: readonly (number | null)[] };

export interface Plan {
  readonly world: 'small' | 'divided';
  readonly beginning: Beginning;
  readonly partitions: number;
  readonly steps: readonly Step[];
}

function momentText(moment: Moment): string {
  if ('events' in moment) return `after ${moment.events} new events`;
  if ('lines' in moment) return `after ${moment.lines} status lines`;
  if ('file' in moment) return `when ${moment.file} is there`;
  return `after ${moment.ms} ms`;
}

function actText(act: Act): string {
  switch (act.do) {
    case 'freeze':
      return `frozen for ${act.forMs} ms`;
    case 'hub thawed':
      return act.keeps ? 'hub goes on' : 'hub goes on without what it was sent';
    case 'hub faults':
      return `hub: ${act.faults.map(({ kind }) => kind).join(', ')}`;
    case 'clock jumps':
      return `clock jumps by ${act.byMs / 1000} s`;
    case 'disrupt':
      return `disrupt ${disruptionText(act.disruption)}`;
    default:
      return act.do;
  }
}

const disruptionText = ({ type, target, severity, hours }: Disruption) =>
  `${type} ${target} ${severity} for ${hours} h`;

/** A step in a line. */
export function stepText(step: Step): string {
  const then = (happenings: readonly Happening[], diskBytes?: number) =>
    [
      ...(diskBytes === undefined ? [] : [`disk full after ${diskBytes} bytes`]),
      ...happenings.map(({ after, act }) => `${momentText(after)}: ${actText(act)}`),
    ]
      .map((text) => `; ${text}`)
      .join('');
  switch (step.step) {
    case 'history':
      return `history, ${step.minutes} min more, ${step.workers} workers${then(step.happenings, step.diskBytes)}`;
    case 'realtime': {
      const flags = [
        `--catch-up ${step.catchUp}`,
        ...(step.alsoCsv ? ['--also-csv'] : []),
        `--speed ${step.speed}`,
        ...(step.types === undefined ? [] : [`--events ${step.types.join(',')}`]),
        ...(step.durationMs === undefined ? [] : [`--duration ${step.durationMs / 1000}s`]),
      ];
      const about = `clock ${step.aheadMinutes} min ahead, at most ${step.minutes} min, batches of ${step.batch}, buffer ${step.buffer}`;
      return `realtime ${flags.join(' ')} (${about})${then(step.happenings, step.diskBytes)}`;
    }
    case 'serve':
      return `serve, stream started with catch_up ${step.catchUp}, speed ${step.speed}, clock ${step.aheadMinutes} min ahead; after ${step.events} new events: ${step.kill ? 'kill' : 'interrupt'}`;
    case 'tamper':
      return `the stream's ${step.file} is ${step.how}`;
    case 'retry dead letters':
      return 'dlq retry';
    case 'disrupt':
      return step.disruption === 'clear'
        ? 'disrupt clear'
        : `disrupt create ${disruptionText(step.disruption)}`;
  }
}
