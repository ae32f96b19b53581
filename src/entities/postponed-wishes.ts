/**
 * What shoppers did not find and want to come back for: on each one's list at the next visit that ends in a purchase.
 */
import type { Sections } from '../domain/plain-data.ts';
import { DAY_MS } from '../engine/time.ts';
import { WISH_DAYS } from '../policy/shelves.ts';
import type { SavedState, StatefulPart } from './state.ts';

/** Numbers of one wish: product, units, deadline. */
const WIDTH = 3;

export class PostponedWishes implements StatefulPart {
  /** By patron, in the order in which they first wished: product, units and deadline of each wish. */
  private readonly byPatron = new Map<number, number[]>();

  add(patron: number, product: number, qty: number, nowMs: number): void {
    const wishes = this.byPatron.get(patron);
    const deadlineMs = nowMs + WISH_DAYS * DAY_MS;
    if (wishes === undefined) this.byPatron.set(patron, [product, qty, deadlineMs]);
    else wishes.push(product, qty, deadlineMs);
  }

  /** Whether a patron has wishes. */
  has(patron: number): boolean {
    return this.byPatron.has(patron);
  }

  /** Hands over the patron's wishes that are not forgotten yet, and drops them. */
  take(patron: number, nowMs: number, each: (product: number, qty: number) => void): void {
    const wishes = this.byPatron.get(patron);
    if (wishes === undefined) return;
    this.byPatron.delete(patron);
    for (let at = 0; at < wishes.length; at += WIDTH) {
      if (wishes[at + 2] > nowMs) each(wishes[at], wishes[at + 1]);
    }
  }

  /** Drops the wishes of patrons who have forgotten them all. Called once a day. */
  forget(nowMs: number): void {
    for (const [patron, wishes] of this.byPatron) {
      if (wishes[wishes.length - 1] <= nowMs) this.byPatron.delete(patron);
    }
  }

  save(): Sections {
    return { wishes: [...this.byPatron] as [number, number[]][] };
  }

  restore(saved: SavedState): void {
    for (const [patron, wishes] of saved.json<[number, number[]][]>('wishes')) {
      this.byPatron.set(patron, wishes);
    }
  }
}
