/** Regenerates scenarios/scenario.schema.json: `npm run schemas`. */
import { writeFileSync } from 'node:fs';
import { scenarioSchemaText } from './schema.ts';

writeFileSync(
  new URL('../../scenarios/scenario.schema.json', import.meta.url),
  scenarioSchemaText(),
);
