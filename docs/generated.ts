/** The documents that are made from the code, by path from the project's root. */
import { dataDictionary } from '../src/tables/data-dictionary.ts';
import { castGuide } from './cast-guide.ts';

export const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/data-dictionary.md': dataDictionary,
  'actors/README.md': castGuide,
};
