/** Where the stream goes and how: settings, credentials, tests of them. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { withLastingSecrets } from '../../domain/secret.ts';
import { EVENT_TYPES } from '../../envelopes/events.ts';
import { connectionFacts, reachConnection } from '../../stream/check-connection.ts';
import { findConnection, NO_CONNECTION } from '../../stream/credentials.ts';
import type { Connection } from '../../sinks/event-hubs/connection.ts';
import { parseConnectionString } from '../../sinks/event-hubs/connection-string.ts';
import { addEndpoint } from '../endpoint.ts';
import { worldProblem } from '../problem.ts';
import { requireRest } from '../rest.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import type { Section } from '../section.ts';
import { CONNECTION_TEST, STREAM_SETTINGS } from '../shapes/stream.ts';

const TAG = 'stream';

const BODY = z
  .strictObject({
    connection_string: text(4096)
      .openapi({ description: 'A connection string; it is not kept, and never shown.' })
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
      return { success: true as const, message: 'The settings of the stream are changed.' };
    },
  );
}

const NOT_CONFIGURED = {
  success: false,
  message: `Cannot connect: ${NO_CONNECTION}`,
  details: {},
  is_configured: false,
} as const;

function addTests(app: OpenAPIHono, { settings }: Services): void {
  const givenOrConfigured = async (text: string | undefined): Promise<Connection | undefined> => {
    const { config } = settings;
    if (text === undefined) return withLastingSecrets(() => findConnection(config));
    const origin = 'the request';
    const parsed = parseConnectionString(text, origin);
    const eventHub = parsed.entity ?? config.stream.hub;
    return { by: 'connection-string', parsed, eventHub, origin };
  };
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/stream/test',
      tag: TAG,
      summary: 'Connects to the event hub that is configured, or to the one given; sends nothing.',
      body: BODY,
      bodyOptional: true,
      answer: CONNECTION_TEST,
    },
    async ({ body }) => {
      const startedMs = performance.now();
      try {
        const connection = await givenOrConfigured(body.connection_string);
        if (connection === undefined) return { ...NOT_CONFIGURED, response_time_ms: 0 };
        const { partitions, answerMs } = await reachConnection(connection);
        return {
          success: true,
          message: 'The connection works.',
          response_time_ms: answerMs,
          details: { ...connectionFacts(connection), partitions },
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
      summary: 'Whether a connection string is whole, without connecting.',
      body: BODY,
      bodyOptional: true,
      answer: CONNECTION_TEST,
    },
    async ({ body }) => {
      try {
        const connection = await givenOrConfigured(body.connection_string);
        if (connection === undefined) return { ...NOT_CONFIGURED, response_time_ms: null };
        return {
          success: true,
          message: 'The format is fine.',
          response_time_ms: null,
          details: { ...connectionFacts(connection) },
        };
      } catch (error) {
        return { ...refusal(error), response_time_ms: null };
      }
    },
  );
}

/** A test that fails has told what it was asked for; only what nobody foresaw is an error. */
function refusal(error: unknown) {
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  return { success: false, message: worldProblem(error.message).detail, details: {} };
}
