/** Events that retention dropped before a consumer group had read them. */
import type { Notes } from './notes.ts';

/** What a reader has lost. */
export interface Loss {
  /** Name of the event hub. */
  readonly entity: string;
  /** Number of the partition, from 0. */
  readonly partition: number;
  /** Who reads it. */
  readonly consumerGroup: string;
  /** How many events it has lost. */
  readonly events: number;
}

export class Losses {
  private readonly byReader = new Map<string, Loss>();
  private readonly notes: Notes;

  constructor(notes: Notes) {
    this.notes = notes;
  }

  /** Counts the events that a reader lost, and notes it once a minute. */
  add({ events, ...reader }: Loss): void {
    if (events <= 0) return;
    const { entity, partition, consumerGroup } = reader;
    const key = `lost ${entity}/${consumerGroup}/${partition}`;
    const all = events + (this.byReader.get(key)?.events ?? 0);
    this.byReader.set(key, { ...reader, events: all });
    this.notes.say(
      key,
      `Consumer group ${consumerGroup} lost ${events} events of ${entity}, partition ${partition} ` +
        `(${all} so far): retention dropped them before they were read. Read faster, or keep more.`,
    );
  }

  list(): readonly Loss[] {
    return [...this.byReader.values()];
  }
}
