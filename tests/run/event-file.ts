/** Envelopes as the sink `ndjson` writes them. */
import { readFileSync } from 'node:fs';
import type { WorldPaths } from '../../src/store/paths.ts';

export interface Envelope {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_timestamp: string;
  readonly world_id: string;
  readonly partition_key: string;
}

export function eventsIn({ events }: Pick<WorldPaths, 'events'>): Envelope[] {
  const lines = readFileSync(events, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

export const idsOf = (events: readonly Envelope[]) => events.map(({ event_id }) => event_id);
