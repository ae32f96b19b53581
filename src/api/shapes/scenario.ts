/** Answers about scenarios. */
import { z } from '@hono/zod-openapi';

export const SCENARIO_BRIEF = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  effects: z.int(),
  trial: z.object({ from: z.string(), days: z.number() }),
});

export const SCENARIO = SCENARIO_BRIEF.extend({
  effect_details: z.array(z.record(z.string(), z.unknown())),
  expectations: z.array(z.record(z.string(), z.unknown())),
}).openapi('Scenario');

export const SCENARIOS = z.object({
  scenarios: z.array(SCENARIO_BRIEF),
  count: z.int(),
  faults: z.array(z.object({ name: z.string(), detail: z.string() })).openapi({
    description: 'Files that are not valid scenarios, with the reason.',
  }),
});
