/** Routes of the dead letters: events that a stream could not deliver. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { setTimeout as sleep } from 'node:timers/promises';
import { redact } from '../../domain/secret.ts';
import { formatInstant } from '../../engine/time.ts';
import { listDeadLetters, summarizeDeadLetters } from '../../delivery/dead-letters.ts';
import { DEFAULT_SINK, hasConnections, sinkNames } from '../../sinks/registry.ts';
import { askForRetry } from '../../stream/retry-requests.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { wholeNumberOr } from '../values.ts';
import { DEAD_LETTER_SUMMARY, DEAD_LETTERS } from '../shapes/dead-letter.ts';
import { OPERATION } from '../shapes/operation.ts';
import { withoutPaths } from '../without-paths.ts';

const TAG = 'dead letters';
/** Maximum wait for the result: it is known soon for few letters. */
const ANSWER_WITHIN_MS = 6_000;

export function addDeadLetterRoutes(app: OpenAPIHono, { settings, engine, nowMs }: Services): void {
  const letters = () => listDeadLetters(settings.paths.deadLetters);
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/stream/dlq/summary',
      tag: TAG,
      summary: 'Number of dead letters, by reason and type.',
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
        limit: wholeNumberOr(100, 1, 500),
        offset: wholeNumberOr(0, 0, 1_000_000),
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
      summary: 'Publishes the dead letters again; those that are refused again stay.',
      description:
        'A task. A running stream publishes them itself; the answer comes when it has done so, or after ' +
        'six seconds.',
      body: z
        .strictObject({
          sink: z
            .enum(sinkNames(hasConnections))
            .optional()
            .openapi({
              description: `The sink if no stream runs; ${DEFAULT_SINK} by default.`,
            }),
        })
        .openapi({ example: { sink: DEFAULT_SINK } }),
      bodyOptional: true,
      answer: OPERATION,
    },
    async ({ body }) => {
      const streaming = engine.taskOf('streaming');
      if (streaming !== undefined)
        return operationOf(streaming, await throughStream(settings.paths));
      const task = engine.start(
        { kind: 'dead-letters', settings: settings.data, scenarios: [], sink: body.sink },
        'Publishing the dead letters again',
      );
      return operationOf(task, 'The dead letters are published again.');
    },
  );
}

/** Asks the running stream to send them, and returns a message about the result so far. */
async function throughStream(paths: WorldPaths): Promise<string> {
  const asked = askForRetry(paths);
  asked.catch(() => {});
  const late = sleep(ANSWER_WITHIN_MS, 'late' as const, { ref: false });
  const replay = await Promise.race([asked, late]);
  if (replay === 'late') return 'The stream sends the dead letters again.';
  if (replay === undefined) {
    throw new Problem(409, 'The stream is still starting, or ending: try again in a moment.');
  }
  const { delivered, kept } = replay;
  return `${delivered} dead letters are delivered, ${kept} were refused again and kept.`;
}

function payloadOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
