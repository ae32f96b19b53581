/** Dead letters: events that a stream could not deliver. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { redact } from '../../domain/secret.ts';
import { formatInstant } from '../../engine/time.ts';
import { listDeadLetters, summarizeDeadLetters } from '../../sinks/stream/dead-letters.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import type { Services } from '../services.ts';
import { DEAD_LETTER_SUMMARY, DEAD_LETTERS } from '../shapes/dead-letter.ts';
import { OPERATION } from '../shapes/operation.ts';
import { withoutPaths } from '../without-paths.ts';

const TAG = 'dead letters';

export function addDeadLetterRoutes(app: OpenAPIHono, { settings, engine, nowMs }: Services): void {
  const letters = () => listDeadLetters(settings.paths.deadLetters);
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/stream/dlq/summary',
      tag: TAG,
      summary: 'How many there are, by reason and type.',
      answer: DEAD_LETTER_SUMMARY,
    },
    () => {
      const {
        letters: count,
        byCategory,
        byType,
        firstMs,
        lastMs,
      } = summarizeDeadLetters(letters());
      return {
        dlq_size: count,
        by_category: Object.fromEntries(Object.entries(byCategory)) as Record<string, number>,
        by_type: { ...byType },
        oldest: firstMs === undefined ? null : formatInstant(firstMs),
        newest: lastMs === undefined ? null : formatInstant(lastMs),
        timestamp: formatInstant(nowMs()),
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/stream/dlq/events',
      tag: TAG,
      summary: 'The dead letters, the newest first.',
      query: z.object({
        limit: z.coerce.number().int().min(1).max(500).default(100),
        offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      }),
      answer: DEAD_LETTERS,
    },
    ({ query: { limit, offset } }) => {
      const all = letters();
      const events = all
        .toReversed()
        .slice(offset, offset + limit)
        .map(({ event, category, reason, attempts, firstMs, lastMs, partition }) => ({
          world_id: event.worldId,
          event_id: event.eventId,
          event_type: event.eventType,
          partition_key: event.partitionKey,
          partition: partition ?? null,
          category,
          reason: withoutPaths(redact(reason)),
          attempts,
          first_time: formatInstant(firstMs),
          last_time: formatInstant(lastMs),
          bytes: event.body.length,
          payload: payloadOf(event.body),
        }));
      return { events, count: events.length, total: all.length };
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/stream/dlq/retry',
      tag: TAG,
      summary: 'Publishes them again; those that are refused again stay.',
      description: 'A task; not while something is streamed.',
      answer: OPERATION,
    },
    () => {
      const task = engine.start(
        { kind: 'dead-letters', settings: settings.data, scenarios: [] },
        'Publishing the dead letters again',
      );
      return operationOf(task, 'The dead letters are published again.');
    },
  );
}

function payloadOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
