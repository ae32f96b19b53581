/** The JSON Schema of scenario files, for editors. */
import { z } from 'zod';
import { scenarioShape } from './shape.ts';

/** Returns the text of scenarios/scenario.schema.json. */
export function scenarioSchemaText(): string {
  const schema = z.toJSONSchema(scenarioShape(), { io: 'input' });
  return `${JSON.stringify({ title: 'Scenario', ...schema }, null, 2)}\n`;
}
