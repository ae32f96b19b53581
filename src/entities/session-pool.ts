/** The visits under way in a region; the record of a finished visit is used again for a later one. */
import type { Sections } from '../domain/plain-data.ts';
import { CustomerSession, type SavedSession, type VisitedStore } from './customer-session.ts';
import type { SavedState, StatefulPart } from './state.ts';

type SavedPool = {
  /** Number of records, and the slots of those that are free. */
  slots: number;
  free: number[];
  underWay: SavedSession[];
};

export class SessionPool implements StatefulPart {
  private readonly region: { readonly stores: readonly VisitedStore[] };
  /** By slot; the record of a free slot is kept for a later visit. */
  private readonly sessions: CustomerSession[] = [];
  private readonly free: number[] = [];

  constructor(region: { readonly stores: readonly VisitedStore[] }) {
    this.region = region;
  }

  take(): CustomerSession {
    const slot = this.free.pop();
    return slot === undefined ? this.addSlot() : this.sessions[slot];
  }

  giveBack(session: CustomerSession): void {
    this.free.push(session.slot);
  }

  bySlot(slot: number): CustomerSession {
    return this.sessions[slot];
  }

  /** Returns the visits under way, by slot. */
  actors(): CustomerSession[] {
    const free = new Set(this.free);
    return this.sessions.filter((session) => !free.has(session.slot));
  }

  save(): Sections {
    const visits: SavedPool = {
      slots: this.sessions.length,
      free: [...this.free],
      underWay: this.actors().map((session) => session.save()),
    };
    return { visits };
  }

  restore(saved: SavedState): void {
    const { slots, free, underWay } = saved.json<SavedPool>('visits');
    while (this.sessions.length < slots) this.addSlot();
    this.free.push(...free);
    for (const session of underWay) {
      this.bySlot(session.slot).restore(this.region.stores[session.store], session);
    }
  }

  private addSlot(): CustomerSession {
    const session = new CustomerSession();
    session.slot = this.sessions.length;
    this.sessions.push(session);
    return session;
  }
}
