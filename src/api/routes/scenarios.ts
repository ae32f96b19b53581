/** Routes of the scenarios: list and show them, check a text, run a trial. */
import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { DAY_MS } from '../../engine/time.ts';
import { InputError } from '../../domain/errors.ts';
import {
  listScenarios,
  loadScenario,
  parseScenario,
  type Scenario,
  scenarioNames,
} from '../../scenario/scenario.ts';
import { addEndpoint } from '../endpoint.ts';
import { operationOf } from '../operation.ts';
import { Problem, worldProblem } from '../problem.ts';
import { estimateFor } from '../range.ts';
import { scenariosOf } from '../requests.ts';
import type { Services } from '../services.ts';
import { text } from '../values.ts';
import { OPERATION } from '../shapes/operation.ts';
import { SCENARIO, SCENARIO_BRIEF, SCENARIOS } from '../shapes/scenario.ts';

const TAG = 'scenarios';
const NAMED = z.object({ name: text(100).openapi({ example: 'holiday' }) });
const CALM = 'name: calm\ntitle: Calm\ndescription: Nothing happens.\neffects: []\n';

export function addScenarioRoutes(
  app: OpenAPIHono,
  { engine, settings, manifest, nowMs }: Services,
): void {
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/scenarios',
      tag: TAG,
      summary: 'All scenarios.',
      answer: SCENARIOS,
    },
    () => {
      const listed = listScenarios();
      const scenarios = listed.flatMap((one) => ('scenario' in one ? [brief(one.scenario)] : []));
      const faults = listed.flatMap((one) =>
        'fault' in one ? [{ name: one.name, detail: worldProblem(one.fault).detail }] : [],
      );
      return { scenarios, count: scenarios.length, faults };
    },
  );
  addEndpoint(
    app,
    {
      method: 'get',
      path: '/api/scenarios/{name}',
      tag: TAG,
      summary: 'The effects of a scenario, and its expectations.',
      params: NAMED,
      answer: SCENARIO,
    },
    ({ params }) => {
      if (!scenarioNames().includes(params.name)) {
        throw new Problem(
          404,
          'There is no scenario with this name; GET /api/scenarios lists them.',
        );
      }
      const scenario = loadScenario(params.name);
      return {
        ...brief(scenario),
        effect_details: scenario.effects.map((effect) => ({ ...effect })),
        expectations: scenario.expect.map((one) => ({ ...one })),
      };
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/scenarios/validate',
      tag: TAG,
      summary: 'Checks whether a YAML text is a scenario, and says where it is wrong.',
      body: z.strictObject({ yaml: text(200_000) }).openapi({ example: { yaml: CALM } }),
      answer: z.object({
        valid: z.boolean(),
        message: z.string(),
        errors: z.array(z.object({ field: z.string(), detail: z.string() })),
        scenario: SCENARIO_BRIEF.nullable(),
      }),
    },
    ({ body }) => {
      try {
        const scenario = brief(parseScenario(body.yaml, 'the text'));
        return { valid: true, message: 'The scenario can be used.', errors: [], scenario };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const { detail, errors = [] } = worldProblem(error.message);
        return { valid: false, message: detail, errors, scenario: null };
      }
    },
  );
  addEndpoint(
    app,
    {
      method: 'post',
      path: '/api/scenarios/{name}/run',
      tag: TAG,
      summary:
        'Generates the trial of a scenario: a new world with a history that shows its effects.',
      description: 'A task. Only possible while there is no history.',
      params: NAMED,
      answer: OPERATION,
      problems: [507],
    },
    ({ params }) => {
      const [name] = scenariosOf([params.name]);
      const there = manifest();
      if (there !== undefined && there.committedMs > there.startMs) {
        throw new Problem(
          409,
          'There already is a history, and a trial needs a new world. Remove this world first, or serve another folder.',
        );
      }
      const { trial } = loadScenario(name);
      const start = `${trial.from}`.slice(0, 10);
      const startMs = Date.parse(`${start}T00:00:00Z`);
      const end = new Date(startMs + trial.days * DAY_MS).toISOString();
      const { window, estimate } = estimateFor(
        settings,
        { start_date: start, end_date: end },
        nowMs(),
      );
      if (!estimate.fits) throw new Problem(507, estimate.text);
      const task = engine.start(
        { kind: 'historical', settings: settings.data, scenarios: [name], window },
        `Starting the trial of ${name}`,
      );
      return operationOf(task, `The trial of ${name} has started.`);
    },
  );
}

function brief({ name, title, description, effects, trial }: Scenario) {
  const { from, days } = trial;
  return { name, title, description, effects: effects.length, trial: { from: String(from), days } };
}
