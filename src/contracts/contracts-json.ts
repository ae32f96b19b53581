/** The contracts for programs, in the form of a world's schema.json. */
import { tableSchema } from '../tables/schema-json.ts';
import type { Contract } from './contract.ts';

export function contractsJson(all: readonly Contract[], version: number): string {
  return `${JSON.stringify({ world_version: version, tables: all.map(tableSchema) }, null, 2)}\n`;
}
