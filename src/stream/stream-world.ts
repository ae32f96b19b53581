/**
 * A world whose facts become events as they happen, beside its CSV or instead of it.
 *
 * Without CSV the stream keeps checkpoints of its own, in the folder `stream/`: the history stays where
 * it is, and can make the same days later. With CSV both go on together and share the history's.
 */
import { FACT_NAMES, type FactSink } from '../domain/facts.ts';
import type { EventType } from '../domain/event-rules.ts';
import { envelopeSink } from '../envelopes/envelope-sink.ts';
import type { OutgoingEvent } from '../envelopes/outgoing-event.ts';
import type { HistoryWorld, RegionSink } from '../run/region-run.ts';
import { worldIdOf } from '../store/world-id.ts';

/** An event, and its place: each fact of a region counts, also those that no event was asked of. */
export interface PlacedEvent {
  readonly event: OutgoingEvent;
  readonly region: number;
  /** From 0 at the stream's checkpoint. */
  readonly sequence: number;
}

export interface StreamWorldOptions {
  readonly alsoCsv: boolean;
  readonly types?: ReadonlySet<EventType>;
  /** Wall clock for `ingest_timestamp`, epoch ms. */
  readonly ingestMs: () => number;
  readonly take: (event: PlacedEvent) => void;
}

/** The next place of each region's events. */
export class Places {
  private readonly next = new Map<number, number>();

  take(region: number): number {
    const sequence = this.next.get(region) ?? 0;
    this.next.set(region, sequence + 1);
    return sequence;
  }

  /** Events of each region since the last checkpoint. */
  get counts(): ReadonlyMap<number, number> {
    return this.next;
  }

  /** Counts from 0 again: at a checkpoint. */
  restart(): void {
    this.next.clear();
  }
}

/** The world with its facts led into a stream. */
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

/** A sink of a region that writes nothing: its facts are events. */
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
