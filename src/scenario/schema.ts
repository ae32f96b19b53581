/** The JSON Schema of scenario files, for editors. */
import { z } from 'zod';
import { scenarioShape } from './shape.ts';

/** Where a number or a word is expected, an expression over parameters may stand. */
const EXPRESSION = {
  type: 'string',
  pattern: '\\$\\{[^}]*\\}',
  description: `An expression over the parameters, such as ${'$'}{outageDays + 2}.`,
};
const REFERENCE = { $ref: '#/$defs/expression' };

/** Returns the text of scenarios/scenario.schema.json. */
export function scenarioSchemaText(): string {
  const { $defs, ...schema } = z.toJSONSchema(scenarioShape(), { io: 'input' });
  const open = withExpressions({ title: 'Scenario', ...schema }) as Record<string, unknown>;
  const properties = open.properties as Record<string, unknown>;
  const plain = schema.properties as Record<string, unknown>;
  for (const key of ['name', 'params', 'extends']) properties[key] = plain[key];
  const defs = { ...(withExpressions($defs) as object), expression: EXPRESSION };
  return `${JSON.stringify({ ...open, $defs: defs }, null, 2)}\n`;
}

/** Lets an expression stand for each number, and for each text of a certain form. */
function withExpressions(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withExpressions);
  if (typeof part !== 'object' || part === null) return part;
  const node = part as Record<string, unknown>;
  const isNumber = node.type === 'number' || node.type === 'integer';
  const isFormed = node.type === 'string' && (Array.isArray(node.enum) || 'pattern' in node);
  if (!isNumber && !isFormed) {
    return Object.fromEntries(
      Object.entries(node).map(([key, inner]) => [key, withExpressions(inner)]),
    );
  }
  const { description, id, default: preset, ...rule } = node;
  return {
    ...(id !== undefined && { id }),
    ...(description !== undefined && { description }),
    ...(preset !== undefined && { default: preset }),
    anyOf: [rule, REFERENCE],
  };
}
