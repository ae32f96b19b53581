/** schema/: describes the types, keys and nulls of a world's tables for readers of its files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_FORMATS, type Format } from '../domain/formats.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { schemaJson } from '../tables/schema-json.ts';
import { schemaSql } from '../tables/schema-sql.ts';
import { WORLD_VERSION } from './manifest.ts';
import type { WorldPaths } from './paths.ts';

/** Writes the schema files unless they exist. Throws OutputError. */
export function writeSchema(
  { schema }: Pick<WorldPaths, 'schema'>,
  formats: readonly Format[] = DEFAULT_FORMATS,
): void {
  const files = { 'schema.json': schemaJson, 'schema.sql': schemaSql };
  for (const [name, textOf] of Object.entries(files)) {
    const file = path.join(schema, name);
    const text = textOf(WORLD_VERSION, formats);
    if (contentOf(file) !== text) writeFileAtomic(file, text);
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A file that can't be read is written again; this reports the error if it persists.
    return undefined;
  }
}
