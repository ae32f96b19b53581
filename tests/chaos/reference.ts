/** What an undisturbed stream of a world is made of. */

export interface ExpectedEvent {
  readonly id: string;
  /** From 0, in the order of the undisturbed stream. */
  readonly place: number;
  /** Simulated time, epoch ms. */
  readonly atMs: number;
  readonly type: string;
  readonly key: string;
  readonly body: string;
}

export class Reference {
  readonly events: readonly ExpectedEvent[];
  readonly byId: ReadonlyMap<string, ExpectedEvent>;

  /** @param lines envelopes, one a line */
  constructor(lines: string) {
    this.events = lines
      .trimEnd()
      .split('\n')
      .map((line, place): ExpectedEvent => {
        const { event_id, event_timestamp, event_type, partition_key } = JSON.parse(line);
        return {
          id: event_id,
          place,
          atMs: Date.parse(event_timestamp),
          type: event_type,
          key: partition_key,
          body: comparable(line),
        };
      });
    this.byId = new Map(this.events.map((event) => [event.id, event]));
  }
}

/** An envelope without the time of its making, which is the only thing that no two lives share. */
export function comparable(envelope: string): string {
  return envelope.replace(/"ingest_timestamp":"[^"]*"/, '"ingest_timestamp":""');
}
