/** The state behind one endpoint: event hubs, faults and counts. */
import { Entity } from './entity.ts';
import { sameName } from './entity-options.ts';
import { Faults } from './faults.ts';
import { Losses } from './losses.ts';
import type { Notes } from './notes.ts';
import type { Retention } from './partition-log.ts';
import type { Storage } from './storage.ts';

export class Namespace {
  readonly entities: readonly Entity[];
  readonly faults: Faults;
  readonly clock: () => number;
  readonly notes: Notes;
  readonly losses: Losses;
  brokenConnections = 0;
  incomingEvents = 0;
  incomingBytes = 0;
  outgoingEvents = 0;
  outgoingBytes = 0;

  /** @param clock epoch ms */
  constructor(storage: Storage, retention: Retention, clock: () => number, notes: Notes) {
    this.clock = clock;
    this.notes = notes;
    this.losses = new Losses(notes);
    this.faults = new Faults(clock);
    this.entities = storage.entities.map((entity) => new Entity(entity, storage, retention, clock));
  }

  find(name: string): Entity | undefined {
    return this.entities.find((entity) => sameName(entity.name, name));
  }

  countStored(events: number, bytes: number): void {
    this.incomingEvents += events;
    this.incomingBytes += bytes;
  }

  countSent(bytes: number): void {
    this.outgoingEvents++;
    this.outgoingBytes += bytes;
  }
}
