/**
 * Looks at a history while it is made, for those who watch it.
 *
 * Days pass in less than a second, each region at its own speed. A region is looked at around noon of its
 * stores, so that a day follows the other as in a time-lapse, and day and night do not flicker; one whose
 * days take longer is looked at in between as well.
 */
import { DAY_MS, HOUR_MS } from '../../engine/time.ts';
import type { RegionView } from '../../entities/live-view.ts';
import type { Onlooker } from '../../run/onlooker.ts';
import { pictureOf, type RegionPicture } from '../live/region-picture.ts';
import type { JobPort } from './messages.ts';

/** Between two looks at a region, in wall time. */
const LOOK_EVERY_MS = 500;
/** Without a noon for so long, it is looked at where it stands. */
const PATIENCE_MS = 4000;
/** Between two messages about all of them. */
const TELL_EVERY_MS = 250;
/** UTC; from ten in the morning to one in the afternoon in the states. Steps end at it, whatever their size. */
const NOON_MS = 18 * HOUR_MS;

export class HistoryWatch implements Onlooker {
  private readonly port: Pick<JobPort, 'watched' | 'post'>;
  private readonly wallMs: () => number;
  private readonly pictures = new Map<number, RegionPicture>();
  private readonly lookedMs = new Map<number, number>();
  private toldMs = Number.NEGATIVE_INFINITY;

  constructor(port: Pick<JobPort, 'watched' | 'post'>, wallMs = () => performance.now()) {
    this.port = port;
    this.wallMs = wallMs;
  }

  wants(regionId: number, nowMs: number): boolean {
    if (!this.port.watched()) return false;
    const sinceMs = this.wallMs() - (this.lookedMs.get(regionId) ?? Number.NEGATIVE_INFINITY);
    return nowMs % DAY_MS === NOON_MS ? sinceMs >= LOOK_EVERY_MS : sinceMs >= PATIENCE_MS;
  }

  see(view: RegionView): void {
    const now = this.wallMs();
    this.lookedMs.set(view.id, now);
    this.pictures.set(view.id, pictureOf(view));
    if (now - this.toldMs < TELL_EVERY_MS) return;
    this.toldMs = now;
    this.port.post({ type: 'live', state: { regions: [...this.pictures.values()] } });
  }
}
