/**
 * Removes absolute paths of this machine from messages: a path is shown relative to a known folder, or only
 * its last name. Relative paths are not changed; nothing is cut out of the
 * middle of a path.
 */
import os from 'node:os';
import { OWN_ROOT } from '../domain/own-files.ts';

/** Matches where a path can begin: after a space or an opening character, not within a word or another path. */
const BEGINS = String.raw`(?<=^|[\s("'\x60=,;<])`;
/** Matches the root of a path: of a drive, a share, or the system. */
const ROOT = String.raw`(?:file:\/\/)?(?:\/?[A-Za-z]:[\\/]|\\\\|\/)`;
/** Matches a quoted path, which ends at the next quote. */
const QUOTED = new RegExp(String.raw`(?<=^|[\s(=,;])"(${ROOT}[^"\n]*)"`, 'g');
/** Matches an unquoted path up to the next space, with two names or more, so that routes such as `/api` don't match. */
const BARE = new RegExp(String.raw`${BEGINS}${ROOT}[^\s"'\x60\\/]+[\\/][^\s"'\x60]*`, 'g');
/** Punctuation after a path, which does not belong to it. */
const AFTERWARDS = /[.,:;)>\]]+$/;
/** Matches routes of the API, which are not paths of files. */
const ROUTE = /^\/(?:api|health|metrics|docs|openapi)(?:[/.]|$)/;

/** Returns a text with absolute paths shortened. */
export function withoutPaths(text: string): string {
  return belowKnown(text)
    .replace(QUOTED, (_, found: string) => `"${shortened(found)}"`)
    .replace(BARE, (found) => {
      const after = AFTERWARDS.exec(found)?.[0] ?? '';
      return shortened(found.slice(0, found.length - after.length)) + after;
    });
}

/** Makes paths below known folders relative, also paths with spaces. */
function belowKnown(text: string): string {
  const folders = [...new Set([process.cwd(), OWN_ROOT, os.tmpdir(), os.homedir()])];
  let clean = text;
  for (const folder of folders.sort((a, b) => b.length - a.length)) {
    // The root of the system is not a useful base.
    if (folder.length <= 1 || !clean.includes(folder)) continue;
    const literal = folder.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const below = new RegExp(String.raw`${BEGINS}${literal}[\\/]+(?=[^\s"'\\/])`, 'g');
    clean = clean.replace(below, '');
  }
  return clean;
}

/** Returns the last name of a path. A single name after a root stays unchanged. */
function shortened(found: string): string {
  if (ROUTE.test(found)) return found;
  const names = found
    .replace(/^file:/, '')
    .split(/[\\/]+/)
    .filter((name) => name !== '');
  return names.length < 2 ? found : names[names.length - 1];
}
