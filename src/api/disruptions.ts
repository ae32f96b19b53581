/** Disruptions: those from outside, as the world's journal has them, and those that came by themselves. */
import { statSync } from 'node:fs';
import { formatLiveId } from '../domain/live-disruption.ts';
import { listDisruptions } from '../run/disruptions/control.ts';
import { formatTarget } from '../run/disruptions/request.ts';
import type { LiveStanding } from '../run/disruptions/standing.ts';
import type { RegionPicture } from './live/region-picture.ts';
import type { LiveState } from './shapes/live.ts';
import type { Settings } from './settings.ts';

export interface DisruptionsNow {
  /** Simulated instant of which the states are told. */
  readonly nowMs: number;
  readonly disruptions: readonly LiveStanding[];
  /** Requests that nobody has taken up yet. */
  readonly waiting: number;
}

export interface DisruptionsOptions {
  readonly settings: Settings;
  /** Simulated time of the stream that runs. */
  readonly simulatedMs: () => number | undefined;
  /** The regions as they are now, as far as that is known. */
  readonly regions: () => Promise<readonly RegionPicture[]>;
}

export class Disruptions {
  private readonly options: DisruptionsOptions;

  constructor(options: DisruptionsOptions) {
    this.options = options;
  }

  /** Those under way that chance or a scenario brought. */
  async others(): Promise<LiveState['disruptions']> {
    return (await this.options.regions()).flatMap(({ disruptions }) => disruptions);
  }

  /** All that were made from outside. @throws InputError for a damaged journal */
  now(): DisruptionsNow {
    const { settings, simulatedMs } = this.options;
    const { paths } = settings;
    const found = listDisruptions(paths, simulatedMs());
    // What was just taken up holds from an instant that the stream has not told of yet.
    const lastMs = found.disruptions.reduce(
      (most, { createdMs, cancelledMs }) => Math.max(most, createdMs, cancelledMs ?? createdMs),
      found.nowMs,
    );
    const { disruptions } = lastMs > found.nowMs ? listDisruptions(paths, lastMs) : found;
    return { nowMs: lastMs, disruptions, waiting: found.waiting.length };
  }

  /** Those that are planned or active, for those who watch. */
  shown(): LiveState['disruptions'] {
    // A world without a journal is asked for nothing twice a second.
    const { liveJournal } = this.options.settings.paths;
    if (statSync(liveJournal, { throwIfNoEntry: false }) === undefined) return [];
    try {
      return this.now()
        .disruptions.filter(isOpen)
        .map((one) => ({
          id: formatLiveId(one.number),
          type: one.type,
          target: formatTarget(one.target),
          origin: 'request' as const,
          description: one.description,
          severity: one.severityPercent / 100,
          startMs: one.startMs,
          endMs: one.endMs,
          status: one.state,
        }));
    } catch {
      // A damaged journal is told to who asks for it.
      return [];
    }
  }
}

/** Whether it is planned or active. */
export function isOpen({ state }: LiveStanding): boolean {
  return state === 'planned' || state === 'active';
}
