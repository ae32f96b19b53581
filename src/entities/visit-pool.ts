/** The visits under way in a region; a finished visit's record serves the next one. */
import { Visit } from './visit.ts';

export class VisitPool {
  /** By slot; the record of a free slot is kept for the next visit. */
  private readonly visits: Visit[] = [];
  private readonly free: number[] = [];

  take(): Visit {
    const slot = this.free.pop();
    if (slot !== undefined) return this.visits[slot];
    const visit = new Visit();
    visit.slot = this.visits.length;
    this.visits.push(visit);
    return visit;
  }

  giveBack(visit: Visit): void {
    this.free.push(visit.slot);
  }

  bySlot(slot: number): Visit {
    return this.visits[slot];
  }

  underWay(): Visit[] {
    const free = new Set(this.free);
    return this.visits.filter((visit) => !free.has(visit.slot));
  }

  freeSlots(): readonly number[] {
    return this.free;
  }

  /** As saved: `slots` records in all, of which these are free. */
  restore(slots: number, free: readonly number[]): void {
    for (let slot = 0; slot < slots; slot++) {
      const visit = new Visit();
      visit.slot = slot;
      this.visits.push(visit);
    }
    this.free.push(...free);
  }

  get slots(): number {
    return this.visits.length;
  }
}
