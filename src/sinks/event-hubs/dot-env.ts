/** Reads `.env`: environment variables in a file outside of version control. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { decodeText, withLineFeeds } from '../../domain/decoded-text.ts';
import { InputError, reasonOf } from '../../domain/errors.ts';

/** Returns the variables of `.env` in a folder; none if the file does not exist. @throws InputError */
export function readDotEnv(folder: string): Readonly<Record<string, string | undefined>> {
  const file = path.join(folder, '.env');
  try {
    return parseEnv(withLineFeeds(decodeText(readFileSync(file))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new InputError(`Cannot read "${file}": ${reasonOf(error)}`);
  }
}
