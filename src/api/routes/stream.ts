/** Routes of the stream: start, pause and stop it, show its status and events. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Envelope } from '../../envelopes/envelope.ts';
import { EVENT_TYPES } from '../../domain/event-rules.ts';
import { DEFAULT_SINK, sinkNames } from '../../sinks/registry.ts';
import { CATCH_UPS } from '../../stream/catch-up.ts';
import { MOST_PER_SECOND } from '../../stream/pace-asked.ts';
import { formatInstant } from '../../engine/time.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import { Problem } from '../problem.ts';
import { scenariosOf } from '../requests.ts';
import type { Services } from '../services.ts';
import { text, wholeNumberOr } from '../values.ts';
import { knownEventTypes } from '../event-types.ts';
import { streamHealth, streamStatistics, streamStatusView } from '../stream-views.ts';
import { OPERATION } from '../shapes/operation.ts';
import {
  RECENT_EVENTS,
  STREAM_EVENT_TYPES,
  STREAM_HEALTH,
  STREAM_STATISTICS,
  STREAM_STATUS,
} from '../shapes/stream.ts';

const TAG = 'stream';
const SPEED = z
  .union([z.number().positive().max(1_000_000), z.literal('max')], {
    error: 'expected a number above 0 and at most 1000000, or "max"',
  })
  .openapi({ description: 'Simulated seconds a second, or max.', example: 60 });
const RATE = z.number().positive().max(MOST_PER_SECOND).openapi({
  description: 'Rate that controls the speed, events a second; not together with speed.',
  example: 500,
});

const interval = z.int().min(1).max(3_600_000).nullable().optional();
const burst = z.int().min(1).max(1_000_000).nullable().optional();

const types = z
  .array(text(64).openapi({ enum: [...EVENT_TYPES] }))
  .max(100)
  .nullable()
  .optional();

/** Created with the app, for the sinks registered then. */
const startBody = () =>
  z
    .strictObject({
      emit_interval_ms: interval,
      burst,
      emit_interval_override: interval.openapi({ description: 'The same as emit_interval_ms.' }),
      burst_override: burst.openapi({ description: 'The same as burst.' }),
      speed: SPEED.optional().openapi({
        description:
          'Simulated seconds a second, or max. Without speed and rate, emit_interval_ms and burst are a rate that ' +
          'controls the speed; if these are null, too, the speed is 1.',
      }),
      rate: RATE.optional(),
      duration_minutes: z.number().positive().max(525_600).nullable().optional(),
      events: types,
      event_types: types.openapi({ description: 'The same as events.' }),
      sink: z
        .enum(sinkNames(({ needsTerminal }) => needsTerminal !== true))
        .default(DEFAULT_SINK)
        .openapi({
          description: 'The sink of the events; a server cannot write them to its terminal.',
        }),
      catch_up: z.enum(CATCH_UPS).default('none').openapi({
        description: 'What happens to the time between the end of the history and now.',
      }),
      also_csv: z.boolean().default(false),
      fail_fast: z.boolean().default(false).openapi({
        description: 'Fails at once if the event hub is not available, instead of waiting for it.',
      }),
      rebuild_journal: z
        .boolean()
        .default(false)
        .openapi({
          description:
            'Whether to continue although journal, frontier or checkpoint of the stream are missing or damaged: events ' +
            'that may have been sent are sent again, and counted as possibly repeated.',
        }),
      scenarios: z.array(text(200)).max(20).optional(),
    })
    .openapi({ example: { speed: 60, duration_minutes: 10, events: ['receipt_created'] } });

export function addStreamRoutes(app: OpenAPIHono, services: Services): void {
  addControl(app, services);
  addViews(app, services);
}

function addControl(app: OpenAPIHono, services: Services): void {
  const { engine, settings, manifest } = services;
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/stream/start',
      tag: TAG,
      summary: 'Streams the world from the end of its history.',
      description:
        'A task. Events go to the configured event hub, or to a hub on this machine. A rate, or ' +
        'emit_interval_ms and burst without a speed, control the speed of the world to reach that many events; ' +
        'with a speed, these two cap the rate.',
      body: startBody(),
      bodyOptional: true,
      answer: OPERATION,
    },
    ({ body }) => {
      const there = manifest();
      const fresh = there === undefined || there.committedMs <= there.startMs;
      if (fresh) {
        throw new Problem(
          400,
          'There is no history to continue: generate one first (POST /api/generate/historical).',
        );
      }
      const { speed, rate, duration_minutes, events, event_types } = body;
      const emit_interval_ms = body.emit_interval_ms ?? body.emit_interval_override;
      const burst = body.burst ?? body.burst_override;
      requireOnePace(body);
      const types = knownEventTypes(events ?? event_types ?? undefined);
      const realtime = {
        ...(emit_interval_ms != null && { emit_interval_ms }),
        ...(burst != null && { burst }),
      };
      const task = engine.start(
        {
          kind: 'streaming',
          settings: settings.dataWith({ realtime }),
          overrides: { realtime },
          scenarios: scenariosOf(body.scenarios, there),
          speed: speed === 'max' ? Infinity : speed,
          perSecond: rate,
          durationMs: duration_minutes == null ? undefined : duration_minutes * 60_000,
          types,
          sink: body.sink ?? DEFAULT_SINK,
          catchUp: body.catch_up ?? 'none',
          alsoCsv: body.also_csv ?? false,
          tills: engine.tills,
          failFast: body.fail_fast ?? false,
          rebuildJournal: body.rebuild_journal,
        },
        'Starting to stream',
      );
      return operationOf(task, 'Event streaming started.');
    },
  );
  const running = () => {
    const task = engine.taskOf('streaming');
    if (task === undefined) throw new Problem(409, 'No stream is under way: start one first.');
    return task;
  };
  const action = (
    name: 'pause' | 'resume' | 'stop',
    summary: string,
    act: () => Promise<string>,
  ): void => {
    addEndpoint(
      app,
      {
        method: 'post',
        path: `/api/stream/${name}`,
        tag: TAG,
        summary,
        answer: OPERATION,
      },
      async () => {
        const task = running();
        return operationOf(task, await act());
      },
    );
  };
  const goingOn = () => {
    const task = running();
    if (!engine.isStopping) return task;
    throw new Problem(409, 'The stream is stopping: it delivers the generated events, and ends.', {
      taskId: task.id,
    });
  };
  action('pause', 'Pauses simulated time; generated events are still delivered.', async () => {
    goingOn();
    await engine.call('streaming', 'pause');
    return 'Event streaming paused.';
  });
  action('resume', 'Continues simulated time.', async () => {
    goingOn();
    await engine.call('streaming', 'resume');
    return 'Event streaming resumed.';
  });
  action('stop', 'Delivers the generated events, and ends the stream.', async () => {
    engine.cancel(running().id);
    return 'Event streaming stops when all events are delivered, after ten seconds at the latest.';
  });
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/stream/speed',
      tag: TAG,
      summary: 'Changes the speed, or sets a rate.',
      description: 'Either a speed or a rate.',
      body: z
        .strictObject({ speed: SPEED.optional(), rate: RATE.optional() })
        .openapi({ example: { speed: 60 } }),
      answer: OPERATION,
    },
    async ({ body }) => {
      requireOnePace(body);
      if (body.speed === undefined && body.rate === undefined) {
        throw new Problem(400, 'The request changes nothing: give a speed or a rate.', {
          errors: [{ field: 'speed', detail: 'expected a speed, or a rate instead' }],
        });
      }
      const task = goingOn();
      const { speed, rate } = body;
      if (rate !== undefined) {
        await engine.call('streaming', 'setRate', rate);
        return operationOf(task, `The rate is ${rate} events a second.`);
      }
      await engine.call('streaming', 'setSpeed', speed === 'max' ? Infinity : speed);
      return operationOf(
        task,
        speed === 'max' ? 'The speed is unlimited.' : `The speed is ${speed}.`,
      );
    },
  );
}

/** Throws Problem 400 for options that exclude each other. */
function requireOnePace(body: {
  readonly speed?: unknown;
  readonly rate?: unknown;
  readonly catch_up?: unknown;
  readonly emit_interval_ms?: unknown;
  readonly emit_interval_override?: unknown;
  readonly burst?: unknown;
  readonly burst_override?: unknown;
}): void {
  if (body.rate === undefined) return;
  const other = (
    ['speed', 'emit_interval_ms', 'emit_interval_override', 'burst', 'burst_override'] as const
  ).find((name) => body[name] != null);
  const detail =
    other !== undefined
      ? `expected either rate or ${other}: a rate controls the speed`
      : body.catch_up === 'stream'
        ? 'expected no rate with catch_up stream, which needs full speed'
        : undefined;
  if (detail === undefined) return;
  throw new Problem(400, 'A rate controls the speed and excludes other settings of the pace.', {
    errors: [{ field: 'rate', detail }],
  });
}

function addViews(app: OpenAPIHono, services: Services): void {
  const { engine, nowMs } = services;
  const view = <Answer extends z.ZodType>(
    name: string,
    summary: string,
    answer: Answer,
    make: () => z.input<Answer>,
  ) => {
    addEndpoint(
      app,
      { method: 'get', path: `/api/stream/${name}`, tag: TAG, summary, answer },
      make,
    );
  };
  view('status', 'Whether a stream runs, and its status.', STREAM_STATUS, () =>
    streamStatusView(services),
  );
  view(
    'pause-status',
    'Whether simulated time is paused.',
    z.object({
      is_paused: z.boolean(),
      is_streaming: z.boolean(),
      simulated_time: z.string().nullable(),
    }),
    () => {
      const { status, is_streaming, simulated_time } = streamStatusView(services);
      return { is_paused: status === 'paused', is_streaming, simulated_time };
    },
  );
  view('statistics', 'Counts, rates, lag and ledger of the stream.', STREAM_STATISTICS, () =>
    streamStatistics(services),
  );
  view('health', 'Health of the parts of the stream.', STREAM_HEALTH, () => streamHealth(services));
  view('event-types', 'Types of events that can be streamed.', STREAM_EVENT_TYPES, () => ({
    event_types: [...EVENT_TYPES],
    count: EVENT_TYPES.length,
    description: 'Every fact is an event of one of these types.',
  }));
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/stream/events/recent',
      tag: TAG,
      summary: 'The last events with their payload, the newest last.',
      description:
        'Envelopes as they are sent, with `timestamp`, the same as event_timestamp. The last ones may not be ' +
        'delivered yet. The last twenty of each type are kept.',
      query: z.object({
        limit: wholeNumberOr(100, 1, 200),
        type: z.enum(EVENT_TYPES).optional(),
      }),
      answer: RECENT_EVENTS,
    },
    async ({ query }) => {
      const texts =
        engine.taskOf('streaming') === undefined
          ? []
          : ((await engine
              .call('streaming', 'recentEvents', query.limit, query.type)
              .catch(() => [])) as string[]);
      const events = texts.map((text) => {
        const envelope = JSON.parse(text) as Envelope;
        return { ...envelope, timestamp: envelope.event_timestamp };
      });
      return { events, count: events.length, timestamp: formatInstant(nowMs()) };
    },
  );
}
