/** Disruptions: live ones from the world's journal, and those by chance or from a scenario. */
import { statSync } from 'node:fs';
import { formatLiveId } from '../domain/live-disruption.ts';
import { listDisruptions } from '../run/disruptions/control.ts';
import { formatTarget } from '../run/disruptions/request.ts';
import type { LiveStanding } from '../run/disruptions/standing.ts';
import type { RegionPicture } from './live/region-picture.ts';
import type { LiveState } from './shapes/live.ts';
import type { Settings } from './settings.ts';

export interface DisruptionsNow {
  /** Simulated instant of the states, epoch ms. */
  readonly nowMs: number;
  readonly disruptions: readonly LiveStanding[];
  /** Number of requests that no run has accepted yet. */
  readonly waiting: number;
}

export interface DisruptionsOptions {
  readonly settings: Settings;
  /** Simulated time of the running stream, epoch ms. */
  readonly simulatedMs: () => number | undefined;
  /** Returns the present regions, as far as known. */
  readonly regions: () => Promise<readonly RegionPicture[]>;
}

export class Disruptions {
  private readonly options: DisruptionsOptions;

  constructor(options: DisruptionsOptions) {
    this.options = options;
  }

  /** Returns the disruptions under way by chance or from a scenario. */
  async others(): Promise<LiveState['disruptions']> {
    return (await this.options.regions()).flatMap(({ disruptions }) => disruptions);
  }

  /** Returns all live disruptions. @throws InputError for a damaged journal */
  now(): DisruptionsNow {
    const { settings, simulatedMs } = this.options;
    const { paths } = settings;
    const found = listDisruptions(paths, simulatedMs());
    // A command that was just accepted takes effect at an instant that the stream has not reported yet.
    const lastMs = found.disruptions.reduce(
      (most, { createdMs, cancelledMs }) => Math.max(most, createdMs, cancelledMs ?? createdMs),
      found.nowMs,
    );
    const { disruptions } = lastMs > found.nowMs ? listDisruptions(paths, lastMs) : found;
    return { nowMs: lastMs, disruptions, waiting: found.waiting.length };
  }

  /** Returns the planned and active ones, for the live view. */
  shown(): LiveState['disruptions'] {
    // Most worlds have no journal: nothing to read twice a second.
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
      // Requests for disruptions report a damaged journal.
      return [];
    }
  }
}

/** Whether it is planned or active. */
export function isOpen({ state }: LiveStanding): boolean {
  return state === 'planned' || state === 'active';
}
