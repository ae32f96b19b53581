/** Routes of the stream's settings and connection tests. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { InputError } from '../../domain/errors.ts';
import { withLastingSecrets } from '../../domain/secret.ts';
import { EVENT_TYPES } from '../../domain/event-rules.ts';
import { reachSink } from '../../sinks/reach-sink.ts';
import { DEFAULT_SINK, hasConnections, sinkNamed, sinkNames } from '../../sinks/registry.ts';
import { settingsOf } from '../../sinks/settings.ts';
import type { SinkConnection } from '../../sinks/stream-sink-kind.ts';
import { addEndpoint } from '../endpoint.ts';
import { worldProblem } from '../problem.ts';
import { requireRest } from '../rest.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import type { Section } from '../section.ts';
import { CONNECTION_TEST, STREAM_SETTINGS } from '../shapes/stream.ts';

const TAG = 'stream';

/** Created with the app, for the sinks registered then. */
const bodyOfTest = () =>
  z
    .strictObject({
      sink: z
        .enum(sinkNames(hasConnections))
        .optional()
        .openapi({
          description: `The sink of the connection; ${DEFAULT_SINK} by default.`,
        }),
      connection_string: text(4096)
        .openapi({ description: 'A connection string; it is not stored, and never shown.' })
        .optional(),
    })
    .openapi({
      example: {
        connection_string:
          'Endpoint=sb://localhost:9093;SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0;UseDevelopmentEmulator=true',
      },
    });

export function addStreamSettingRoutes(app: OpenAPIHono, services: Services): void {
  addSettings(app, services);
  addTests(app, services);
}

function addSettings(app: OpenAPIHono, { settings, engine, live }: Services): void {
  const shown = () => {
    const { realtime, stream } = settings.shown as { realtime: Section; stream: Section };
    return {
      realtime: { ...realtime },
      stream: { ...stream },
      available_event_types: [...EVENT_TYPES],
    };
  };
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/stream/config',
      tag: TAG,
      summary: 'Settings of the stream, without secrets.',
      answer: STREAM_SETTINGS,
    },
    shown,
  );
  addEndpoint(
    app,
    {
      method: 'put',
      path: '/api/stream/config',
      tag: TAG,
      summary:
        'Changes settings of the stream: keys of the section realtime of the config, and hub.',
      body: z
        .record(text(100), z.unknown())
        .openapi({ example: { emit_interval_ms: 1000, burst: 50 } }),
      answer: z.object({ success: z.literal(true), message: z.string() }),
      problems: [507],
    },
    ({ body }) => {
      requireRest(engine);
      const { hub, ...realtime } = body;
      settings.change({ realtime, ...(hub !== undefined && { stream: { hub } }) });
      live.changed();
      return { success: true as const, message: 'The settings of the stream were changed.' };
    },
  );
}

interface Tested {
  readonly sink?: string | undefined;
  readonly connection_string?: string | undefined;
}

function notConfigured({ sink = DEFAULT_SINK }: Tested) {
  const { connections } = sinkNamed(sink, hasConnections);
  return {
    success: false,
    message: `Cannot connect: ${connections?.missing}`,
    details: {},
    is_configured: false as const,
  };
}

function addTests(app: OpenAPIHono, { settings }: Services): void {
  const givenOrConfigured = async ({
    sink = DEFAULT_SINK,
    connection_string: text,
  }: Tested): Promise<SinkConnection | undefined> => {
    const kind = sinkNamed(sink, hasConnections);
    const context = settingsOf(kind, settings.config);
    const { find, parse } = kind.connections!;
    if (text === undefined) return withLastingSecrets(() => find(context));
    if (parse !== undefined) return parse(text, 'the request', context);
    throw new InputError(
      `Cannot use connection_string for ${sink}: expected none, because this sink has no connection strings; leave it out`,
    );
  };
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/stream/test',
      tag: TAG,
      summary: 'Tests the configured connection, or the given one, without sending events.',
      body: bodyOfTest(),
      bodyOptional: true,
      answer: CONNECTION_TEST,
    },
    async ({ body }) => {
      const startedMs = performance.now();
      try {
        const connection = await givenOrConfigured(body);
        if (connection === undefined) return { ...notConfigured(body), response_time_ms: 0 };
        const { partitions, answerMs } = await reachSink(connection.sink());
        return {
          success: true,
          message: 'The connection works.',
          response_time_ms: answerMs,
          details: { ...connection.facts, partitions },
        };
      } catch (error) {
        const spentMs = Math.round(performance.now() - startedMs);
        return { ...refusal(error), response_time_ms: spentMs };
      }
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/stream/validate-connection',
      tag: TAG,
      summary: 'Checks the format of a connection string, without connecting.',
      body: bodyOfTest(),
      bodyOptional: true,
      answer: CONNECTION_TEST,
    },
    async ({ body }) => {
      try {
        const connection = await givenOrConfigured(body);
        if (connection === undefined) return { ...notConfigured(body), response_time_ms: null };
        return {
          success: true,
          message: 'The format is correct.',
          response_time_ms: null,
          details: { ...connection.facts },
        };
      } catch (error) {
        return { ...refusal(error), response_time_ms: null };
      }
    },
  );
}

/** Returns the answer of a failed test; only unexpected errors are thrown. */
function refusal(error: unknown) {
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  return { success: false, message: worldProblem(error.message).detail, details: {} };
}
