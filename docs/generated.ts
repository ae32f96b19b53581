/** The documents that are made from the code, by path from the project's root. */
import { schemaFiles } from '../src/envelopes/schemas.ts';
import { dataDictionary } from '../src/tables/data-dictionary.ts';
import { castGuide } from './cast-guide.ts';
import { eventGuide } from './event-guide.ts';
import { thirdParty } from './third-party.ts';

const schemas = Object.entries(schemaFiles()).map(
  ([name, text]) => [`docs/schemas/${name}`, text] as const,
);

export const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/data-dictionary.md': dataDictionary,
  'docs/events.md': eventGuide,
  'actors/README.md': castGuide,
  'THIRD_PARTY.md': thirdParty,
  ...Object.fromEntries(schemas),
};
