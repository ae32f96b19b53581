/** schema/: what tells readers of a world's files the types, keys and nulls of its tables. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { schemaJson } from '../tables/schema-json.ts';
import { schemaSql } from '../tables/schema-sql.ts';
import { WORLD_VERSION } from './manifest.ts';
import type { WorldPaths } from './paths.ts';

/** Writes the schema of this program's worlds, unless it lies there. Throws OutputError. */
export function writeSchema({ schema }: Pick<WorldPaths, 'schema'>): void {
  const files = { 'schema.json': schemaJson, 'schema.sql': schemaSql };
  for (const [name, textOf] of Object.entries(files)) {
    const file = path.join(schema, name);
    const text = textOf(WORLD_VERSION);
    if (contentOf(file) !== text) writeFileAtomic(file, text);
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // What can't be read is written anew, which tells why if it can't be either.
    return undefined;
  }
}
