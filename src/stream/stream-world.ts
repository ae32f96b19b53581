/**
 * A world whose facts become events, in addition to its CSV files or instead of them.
 *
 * Without CSV, the stream has its own checkpoints in the folder `stream/`: the history stays unchanged
 * and can generate the same days later. With CSV, the stream continues the history and uses its checkpoints.
 */
import { FACT_NAMES, type FactSink } from '../domain/facts.ts';
import type { EventType } from '../domain/event-rules.ts';
import { envelopeSink } from '../envelopes/envelope-sink.ts';
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { HistoryWorld, RegionSink } from '../run/region-run.ts';
import { worldIdOf } from '../store/world-id.ts';

/** An event and its position: all facts of a region count, including those of types that are not sent. */
export interface PlacedEvent {
  readonly event: OutgoingEvent;
  readonly region: number;
  /** Number of the event in its region, from 0 at the stream's checkpoint. */
  readonly sequence: number;
}

export interface StreamWorldOptions {
  readonly alsoCsv: boolean;
  readonly types?: ReadonlySet<EventType>;
  /** Wall clock for `ingest_timestamp`, epoch ms. */
  readonly ingestMs: () => number;
  readonly take: (event: PlacedEvent) => void;
}

/** The position of each region's next event. */
export class Places {
  private readonly next = new Map<number, number>();

  take(region: number): number {
    const sequence = this.next.get(region) ?? 0;
    this.next.set(region, sequence + 1);
    return sequence;
  }

  /** Number of events of each region since the last checkpoint. */
  get counts(): ReadonlyMap<number, number> {
    return this.next;
  }

  /** Numbers events from 0 again. Called at a checkpoint. */
  restart(): void {
    this.next.clear();
  }
}

/** Returns the world with its facts sent to a stream. */
export function streamedWorld(
  world: HistoryWorld,
  places: Places,
  { alsoCsv, types, ingestMs, take }: StreamWorldOptions,
): HistoryWorld {
  const worldId = worldIdOf(world.identity);
  const streamed = (region: number): FactSink => {
    let sequence = 0;
    const events = envelopeSink((event) => take({ event, region, sequence }), {
      worldId,
      ingestMs,
      types,
    });
    return mapSinks((table) => (record) => {
      sequence = places.take(region);
      events[table](record as never);
    });
  };
  const openRegion: HistoryWorld['openRegion'] = (regionId, csv, saved) => {
    const events = streamed(regionId);
    const both = mapSinks((table) => (record) => {
      csv[table](record as never);
      events[table](record as never);
    });
    return world.openRegion(regionId, alsoCsv ? both : events, saved);
  };
  if (alsoCsv) return { ...world, openRegion };
  return { ...world, openRegion, openSink: noFiles, keepsClosing: false, calendarTables: () => [] };
}

function mapSinks(make: (table: keyof FactSink) => (record: unknown) => void): FactSink {
  return Object.fromEntries(FACT_NAMES.map((table) => [table, make(table)])) as unknown as FactSink;
}

/** Returns a sink of a region that writes no files, since its facts are events. */
function noFiles(): RegionSink {
  return {
    facts: mapSinks(() => () => {}),
    rows: 0,
    bytes: 0,
    openDay: () => {},
    closeDay: () => Promise.resolve(),
    suspend: () => [],
    detach: () => ({ openParts: [], changedFolders: [] }),
    committed: () => {},
    abort: () => {},
  };
}
