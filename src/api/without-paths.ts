/**
 * Messages free of where things lie on this machine: an absolute path is told from the folder that everybody
 * knows, or by its last name. A path that is relative was given so, and stays whole; nothing is cut out of the
 * middle of one.
 */
import os from 'node:os';
import { OWN_ROOT } from '../domain/own-files.ts';

/** Where a path can begin: after a space or an opening sign, never within a word or another path. */
const BEGINS = String.raw`(?<=^|[\s("'\x60=,;<])`;
/** Root of a path: of a drive, of a share, of the system. */
const ROOT = String.raw`(?:file:\/\/)?(?:\/?[A-Za-z]:[\\/]|\\\\|\/)`;
/** In quotes a path reaches to the next quote, whatever signs it holds. */
const QUOTED = new RegExp(String.raw`(?<=^|[\s(=,;])"(${ROOT}[^"\n]*)"`, 'g');
/** Elsewhere to the next space; two names or more, so that routes such as `/api` are no paths. */
const BARE = new RegExp(String.raw`${BEGINS}${ROOT}[^\s"'\x60\\/]+[\\/][^\s"'\x60]*`, 'g');
/** What ends a sentence or a bracket ends the path before it as well. */
const AFTERWARDS = /[.,:;)>\]]+$/;
/** What the API itself speaks of. */
const ROUTE = /^\/(?:api|health|metrics|docs|openapi)(?:[/.]|$)/;

/** The text with absolute paths shortened. */
export function withoutPaths(text: string): string {
  return belowKnown(text)
    .replace(QUOTED, (_, found: string) => `"${shortened(found)}"`)
    .replace(BARE, (found) => {
      const after = AFTERWARDS.exec(found)?.[0] ?? '';
      return shortened(found.slice(0, found.length - after.length)) + after;
    });
}

/** Paths below a folder that is known are told from there, also where they have spaces. */
function belowKnown(text: string): string {
  const folders = [...new Set([process.cwd(), OWN_ROOT, os.tmpdir(), os.homedir()])];
  let clean = text;
  for (const folder of folders.sort((a, b) => b.length - a.length)) {
    // The root of the system is no folder that tells anything.
    if (folder.length <= 1 || !clean.includes(folder)) continue;
    const literal = folder.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const below = new RegExp(String.raw`${BEGINS}${literal}[\\/]+(?=[^\s"'\\/])`, 'g');
    clean = clean.replace(below, '');
  }
  return clean;
}

/** Its last name; a lone name after a root tells nothing. */
function shortened(found: string): string {
  if (ROUTE.test(found)) return found;
  const names = found
    .replace(/^file:/, '')
    .split(/[\\/]+/)
    .filter((name) => name !== '');
  return names.length < 2 ? found : names[names.length - 1];
}
