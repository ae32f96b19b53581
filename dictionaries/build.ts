/** Writes the dictionaries that are made by rule; running it again changes nothing. */
import { buildGeographies } from './build-geographies.ts';
import { buildNames } from './build-names.ts';

buildGeographies();
buildNames();
