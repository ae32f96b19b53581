/** Messages free of where things lie on this machine. */
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
/** Path on a disk: two names or more after the root, so that routes such as `/api` are no paths. */
const ABSOLUTE = /(?<![\w/:.])(?:[A-Za-z]:[\\/]|\/)(?:[^\s"'`,;:()\\/]+[\\/])+[^\s"'`,;:()\\/]*/g;
/** What the API itself speaks of. */
const ROUTE = /^\/(api|health|metrics|docs|openapi|vendor)(\/|$)/;

/** The text with each absolute path cut to its last name. */
export function withoutPaths(text: string): string {
  let clean = text;
  for (const folder of new Set([process.cwd(), PROJECT, os.tmpdir(), os.homedir()])) {
    if (folder.length > 1) clean = clean.replaceAll(folder + path.sep, '');
  }
  return clean.replace(ABSOLUTE, (found) =>
    ROUTE.test(found) ? found : path.basename(found.replace(/[\\/]+$/, '')),
  );
}
