/** The JSON Schema of scenario files, for editors. */
import { z } from 'zod';
import { SCENARIO } from './shape.ts';

/** Text of scenarios/scenario.schema.json. */
export function scenarioSchemaText(): string {
  const schema = z.toJSONSchema(SCENARIO, { io: 'input' });
  return `${JSON.stringify({ title: 'Scenario', ...schema }, null, 2)}\n`;
}
