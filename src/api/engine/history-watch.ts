/**
 * Provides the live view of a history while it is generated.
 *
 * Days pass in less than a second, each region at its own speed. The view of a region is taken around noon of its
 * stores, so that days follow each other as in a time-lapse, without flickering between day and night; if
 * days take longer, views are also taken in between.
 */
import { DAY_MS, HOUR_MS } from '../../engine/time.ts';
import type { RegionView } from '../../entities/live-view.ts';
import type { Onlooker } from '../../run/onlooker.ts';
import { pictureOf, type RegionPicture } from '../live/region-picture.ts';
import type { JobPort } from './messages.ts';

/** Wall time between two views of a region. */
const LOOK_EVERY_MS = 500;
/** Wall time without a noon after which a view is taken at any time of day. */
const PATIENCE_MS = 4000;
/** Wall time between two messages about all regions. */
const TELL_EVERY_MS = 250;
/** Noon, UTC: between 10:00 and 13:00 in US time zones. Steps of all sizes end at it. */
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
