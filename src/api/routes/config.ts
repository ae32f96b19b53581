/** Routes of the config: show it without secrets, change, check and reset it. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { InputError } from '../../domain/errors.ts';
import { formatInstant } from '../../engine/time.ts';
import { configOf } from '../../world/config.ts';
import { CONFIG } from '../../world/config-schema.ts';
import { PRESETS } from '../../world/presets.ts';
import { driftNotes } from '../drift.ts';
import { addEndpoint } from '../endpoint.ts';
import { Problem, worldProblem } from '../problem.ts';
import { requireRest } from '../rest.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import type { Section } from '../section.ts';

const TAG = 'config';

const CHANGES = z.record(text(100), z.unknown()).openapi('ConfigChanges', {
  description:
    'Sections and values to change, as in config.json; others stay unchanged. A secret sent as *** stays unchanged, too.',
  example: { seed: 7, volume: { stores: 6 } },
});

const SECTION = z.record(z.string(), z.unknown());
const NOTES = z.array(z.string());

const SHOWN = z
  .looseObject({
    seed: z.int(),
    volume: SECTION,
    marketing: SECTION,
    realtime: SECTION,
    paths: SECTION,
    stream: SECTION,
    historical: SECTION,
    performance: SECTION,
    notes: NOTES.openapi({ description: 'Notes for the user about the config.' }),
  })
  .openapi('Config');

const CHANGED = z.object({
  success: z.literal(true),
  message: z.string(),
  config: SECTION,
  notes: NOTES,
  timestamp: z.string(),
});

export function addConfigRoutes(
  app: OpenAPIHono,
  { settings, jobs, watch, live, manifest, nowMs }: Services,
): void {
  const timestamp = () => formatInstant(nowMs());
  const notes = () => [...settings.notes, ...driftNotes(manifest, settings.config)];
  const changed = (message: string) => {
    watch.look();
    live.changed();
    return {
      success: true as const,
      message,
      config: { ...settings.shown },
      notes: notes(),
      timestamp: timestamp(),
    };
  };
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/config',
      tag: TAG,
      summary: 'All effective settings, without secrets.',
      description: 'PUT /api/config accepts this answer unchanged; it then changes nothing.',
      answer: SHOWN,
    },
    () => ({ ...settings.shown, notes: notes() }) as z.infer<typeof SHOWN>,
  );
  addEndpoint(
    app,
    {
      method: 'put',
      path: '/api/config',
      tag: TAG,
      summary: 'Changes settings and writes the config file, which the command line also reads.',
      description: 'Paths in a whole config are ignored; a request with only paths is refused.',
      body: CHANGES,
      answer: CHANGED,
      problems: [507],
    },
    ({ body }) => {
      requireRest(jobs);
      const { changes, note } = changesOf(body);
      settings.change(changes);
      return changed(`The config was changed and written.${note}`);
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/config/reset',
      tag: TAG,
      summary: 'Resets all settings to those of the preset and the command line.',
      description: 'The paths stay unchanged.',
      answer: CHANGED,
      problems: [507],
    },
    () => {
      requireRest(jobs);
      settings.reset();
      return changed('The config was reset to the preset.');
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/config/validate',
      tag: TAG,
      summary: 'Checks changes without making them.',
      body: CHANGES,
      answer: z.object({
        valid: z.boolean(),
        errors: z.array(z.object({ field: z.string(), detail: z.string() })),
        message: z.string(),
        notes: z
          .array(z.string())
          .openapi({ description: 'Notes for the user about the changes.' }),
        timestamp: z.string(),
      }),
    },
    ({ body }) => ({ ...verdictOn(body, settings, manifest), timestamp: timestamp() }),
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/config/schema',
      tag: TAG,
      summary:
        'JSON Schema of config.json, with defaults and limits; the presets, and the defaults of the present one.',
      answer: z.object({
        schema: z.record(z.string(), z.unknown()),
        presets: z.array(
          z.object({
            name: z.string(),
            about: z.string(),
            volume: z.record(z.string(), z.number().nullable()),
          }),
        ),
        defaults: SECTION.openapi({
          description: 'The settings that POST /api/config/reset restores, without secrets.',
        }),
      }),
    },
    () => ({
      schema: z.toJSONSchema(CONFIG, { io: 'input', unrepresentable: 'any' }) as Record<
        string,
        unknown
      >,
      presets: Object.entries(PRESETS).map(([name, { about }]) => ({
        name,
        about,
        volume: { ...configOf({}, name).volume },
      })),
      defaults: { ...settings.defaults },
    }),
  );
}

function verdictOn(body: Section, settings: Services['settings'], manifest: Services['manifest']) {
  try {
    const { changes, note } = changesOf(body);
    const notes = driftNotes(manifest, settings.preview(changes));
    const message =
      notes.length === 0
        ? 'These settings can be used.'
        : 'These settings can be stored, but only for another world than the existing one.';
    return { valid: true, errors: [], message: `${message}${note}`, notes };
  } catch (error) {
    if (error instanceof Problem) {
      const errors = [...(error.errors ?? [])];
      return { valid: false, errors, message: error.message, notes: [] };
    }
    if (!(error instanceof InputError)) throw error;
    const { detail, errors = [] } = worldProblem(error.message);
    return { valid: false, errors, message: detail, notes: [] };
  }
}

/**
 * Returns the changes of a request without its paths. Only the user who starts the server chooses folders, so that
 * no request reaches outside the data folder. Programs may send whole configs back, with their paths.
 * @throws Problem 400 if the request contains only paths
 */
function changesOf({ notes: _notes, paths, ...changes }: Section): {
  changes: Section;
  note: string;
} {
  if (paths === undefined) return { changes, note: '' };
  if (Object.keys(changes).length > 0) return { changes, note: ' The paths stay unchanged.' };
  throw new Problem(400, 'Paths cannot be changed through the API.', {
    errors: [
      { field: 'paths', detail: 'expected no paths: set them in config.json, or with --out' },
    ],
  });
}
