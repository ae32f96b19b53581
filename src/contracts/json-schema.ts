/** The contracts as JSON Schema (draft 2020-12): of a row of each table, and of the envelope of each type of event. */
import type { EventType } from '../domain/event-rules.ts';
import { jsonSchema as eventSchema } from '../envelopes/schemas.ts';
import type { Contract } from './contract.ts';
import type { ContractColumn } from './event-columns.ts';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** Returns one schema for one contract; for several, an object of them by name. */
export function jsonSchemas(all: readonly Contract[]): string {
  const schemas = all.map((contract) => [contract.name, schemaOf(contract)] as const);
  const value = schemas.length === 1 ? schemas[0][1] : Object.fromEntries(schemas);
  return `${JSON.stringify(value, null, 2)}\n`;
}

function schemaOf(contract: Contract): Record<string, unknown> {
  const { name, kind, about, columns } = contract;
  if (kind === 'event') return eventSchema(name as EventType);
  return {
    $schema: DRAFT,
    title: name,
    description: about,
    type: 'object',
    properties: Object.fromEntries(columns.map((column) => [column.name, property(column)])),
    required: columns.map((column) => column.name),
    additionalProperties: false,
  };
}

function property(column: ContractColumn) {
  const { about, nullable, values } = column;
  const { type, ...rest } = valueSchema(column);
  return {
    type: nullable ? [type, 'null'] : type,
    ...rest,
    ...(values && { enum: nullable ? [...values, null] : values }),
    description: about,
  };
}

function valueSchema({ type }: ContractColumn): { type: string } & Record<string, unknown> {
  switch (type) {
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'int':
      return { type: 'integer' };
    case 'money':
    case 'real':
      return { type: 'number' };
    case 'bool':
      return { type: 'boolean' };
    default:
      return { type: 'string' };
  }
}
