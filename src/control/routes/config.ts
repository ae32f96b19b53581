/** The config: shown without secrets, changed, checked, put back. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { InputError } from '../../domain/errors.ts';
import { CONFIG } from '../../world/config-schema.ts';
import { PRESETS } from '../../world/presets.ts';
import { driftNotes } from '../drift.ts';
import { addEndpoint } from '../endpoint.ts';
import { Problem, worldProblem } from '../problem.ts';
import type { Services } from '../services.ts';
import type { Section } from '../settings.ts';

const TAG = 'config';

const CHANGES = z.record(z.string().max(100), z.unknown()).openapi('ConfigChanges', {
  description:
    'Sections and values to change, as in config.json; what is left out stays. A secret that is sent as *** stays too.',
  example: { seed: 7, volume: { stores: 6 } },
});

const SHOWN = z.object({
  config: z
    .record(z.string(), z.unknown())
    .openapi({ description: 'All settings in force; secrets masked.' }),
  notes: z.array(z.string()),
});

const CHANGED = z.object({
  success: z.literal(true),
  message: z.string(),
  config: z.record(z.string(), z.unknown()),
  notes: z.array(z.string()),
});

export function addConfigRoutes(
  app: OpenAPIHono,
  { settings, engine, watch, live, manifest }: Services,
): void {
  const requireRest = () => {
    const { runningTask } = engine;
    if (runningTask !== undefined) {
      throw new Problem(409, 'The config cannot change while something runs with it.', {
        taskId: runningTask.id,
      });
    }
  };
  const shown = () => ({
    config: { ...settings.shown },
    notes: [...settings.notes, ...driftNotes(manifest, settings.config)],
  });
  const changed = (message: string) => {
    watch.look();
    live.changed();
    return { success: true as const, message, ...shown() };
  };
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/config',
      tag: TAG,
      summary: 'All settings in force, without secrets.',
      answer: SHOWN,
    },
    shown,
  );
  addEndpoint(
    app,
    {
      method: 'put',
      path: '/api/config',
      tag: TAG,
      summary: 'Changes settings and writes the config file, which the command line reads as well.',
      body: CHANGES,
      answer: CHANGED,
      problems: [507],
    },
    ({ body }) => {
      requireRest();
      refusePaths(body);
      settings.change(body);
      return changed('The config is changed and written.');
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/config/reset',
      tag: TAG,
      summary: 'Puts all settings back to what the preset says.',
      answer: CHANGED,
      problems: [507],
    },
    () => {
      requireRest();
      settings.reset();
      return changed('The config is as the preset says.');
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/config/validate',
      tag: TAG,
      summary: 'Whether changes would be taken; nothing is changed.',
      body: CHANGES,
      answer: z.object({
        valid: z.boolean(),
        errors: z.array(z.object({ field: z.string(), detail: z.string() })),
        message: z.string(),
        notes: z.array(z.string()).openapi({ description: 'What would be the matter with them.' }),
      }),
    },
    ({ body }) => {
      try {
        refusePaths(body);
        const notes = driftNotes(manifest, settings.preview(body));
        return { valid: true, errors: [], message: 'These settings can be used.', notes };
      } catch (error) {
        if (error instanceof Problem) {
          const errors = [...(error.errors ?? [])];
          return { valid: false, errors, message: error.message, notes: [] };
        }
        if (!(error instanceof InputError)) throw error;
        const { detail, errors = [] } = worldProblem(error.message);
        return { valid: false, errors, message: detail, notes: [] };
      }
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/config/schema',
      tag: TAG,
      summary: 'JSON Schema of config.json, with defaults and limits, and the presets.',
      answer: z.object({
        schema: z.record(z.string(), z.unknown()),
        presets: z.array(z.object({ name: z.string(), about: z.string() })),
      }),
    },
    () => ({
      schema: z.toJSONSchema(CONFIG, { io: 'input', unrepresentable: 'any' }) as Record<
        string,
        unknown
      >,
      presets: Object.entries(PRESETS).map(([name, { about }]) => ({ name, about })),
    }),
  );
}

/** Where files lie is for whoever starts the server to say: no request reaches outside the data folder. */
function refusePaths(changes: Section): void {
  if (!('paths' in changes)) return;
  throw new Problem(400, 'Paths cannot be changed from here.', {
    errors: [{ field: 'paths', detail: 'expected none: set them in config.json, or with --out' }],
  });
}
