/** Flags of `sim run --mode realtime`. */
import { type Command, Option } from 'commander';
import { InputError, nearest } from '../domain/errors.ts';
import { type EventType, EVENT_TYPES } from '../domain/event-rules.ts';
import { CATCH_UPS, type CatchUp } from '../stream/catch-up.ts';
import { DEFAULT_SINK, sinkNames } from '../sinks/registry.ts';
import { lengthOfTime } from './arguments.ts';
import { eventRate } from './event-rate.ts';
import { offering } from './offered-words.ts';

export interface RealtimeFlags {
  readonly speed?: number;
  /** Events a second. */
  readonly rate?: number;
  readonly duration?: number;
  readonly failFast?: boolean;
  readonly catchUp?: CatchUp;
  readonly alsoCsv?: boolean;
  readonly events?: ReadonlySet<EventType>;
  readonly sink?: string;
  readonly rebuildJournal?: boolean;
}

/** Adds the flags that only realtime mode has. */
export function withRealtimeFlags(command: Command): Command {
  return command
    .option('--speed <n|max>', 'realtime: simulated seconds per second; 1 by default', speed)
    .option(
      '--rate <events>',
      'realtime: a rate to hold by steering the speed, such as 500/s, 30/min',
      eventRate,
    )
    .option(
      '--duration <time>',
      'realtime: how long to stream, such as 90s, 10m, 2h',
      lengthOfTime('--duration'),
    )
    .addOption(
      new Option(
        '--catch-up <how>',
        'realtime: what to do with the time between the end of the history and now: csv (default) ' +
          'writes it to the files, stream streams it, none continues where the history ended',
      ).choices(CATCH_UPS),
    )
    .option(
      '--fail-fast',
      'realtime: end at once if the event hub does not answer, instead of waiting',
    )
    .option(
      '--also-csv',
      "realtime: also write the streamed facts to the world's files, in its formats",
    )
    .option(
      '--rebuild-journal',
      "realtime: continue although the stream's own files are missing or damaged; what it may have sent is " +
        'sent again and counted as possibly repeated',
    )
    .addOption(
      offering(
        new Option('--events <type,...>', 'realtime: only events of these types').argParser(
          eventTypes,
        ),
        () => EVENT_TYPES,
      ),
    )
    .addOption(
      new Option(
        '--sink <name>',
        `realtime: where the events go; ${DEFAULT_SINK} by default`,
      ).choices(sinkNames()),
    );
}

function speed(text: string): number {
  if (text === 'max') return Infinity;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1e6) return value;
  throw new InputError(`--speed is "${text}": expected a number above 0, such as 60, or max`);
}

function eventTypes(text: string): ReadonlySet<EventType> {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if ((EVENT_TYPES as readonly string[]).includes(name)) continue;
    const meant = nearest(name, EVENT_TYPES);
    throw new InputError(
      `--events names "${name}", which is not an event type${meant === undefined ? '' : ` (did you mean ${meant}?)`}; ` +
        `there are ${EVENT_TYPES.join(', ')}`,
    );
  }
  return new Set(names as EventType[]);
}
