/** Disruptions from outside, as the world's journal has them. */
import { statSync } from 'node:fs';
import { formatLiveId } from '../domain/live-disruption.ts';
import { listDisruptions } from '../run/disruptions/control.ts';
import { formatTarget } from '../run/disruptions/request.ts';
import type { LiveStanding } from '../run/disruptions/standing.ts';
import type { LiveState } from './shapes/live.ts';
import type { Settings } from './settings.ts';

export interface DisruptionsNow {
  /** Simulated instant of which the states are told. */
  readonly nowMs: number;
  readonly disruptions: readonly LiveStanding[];
  /** Requests that nobody has taken up yet. */
  readonly waiting: number;
}

export class Disruptions {
  private readonly settings: Settings;
  private readonly simulatedMs: () => number | undefined;

  /** @param simulatedMs of the stream that runs */
  constructor(settings: Settings, simulatedMs: () => number | undefined) {
    this.settings = settings;
    this.simulatedMs = simulatedMs;
  }

  /** All that were made in this world. @throws InputError for a damaged journal */
  now(): DisruptionsNow {
    const { paths } = this.settings;
    const found = listDisruptions(paths, this.simulatedMs());
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
    const { liveJournal } = this.settings.paths;
    if (statSync(liveJournal, { throwIfNoEntry: false }) === undefined) return [];
    try {
      return this.now()
        .disruptions.filter(isOpen)
        .map((one) => ({
          id: formatLiveId(one.number),
          type: one.type,
          target: formatTarget(one.target),
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
