/** Licences of the packages that this one needs, as npm has locked and installed them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const MODULES = 'node_modules/';

export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Whether `npm install --omit=optional` leaves it out. */
  readonly isOptional: boolean;
  /** Folder below the root of the project; it may not exist, as packages for other machines are not installed. */
  readonly folder: string;
}

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/** Licences that ask for no more than to be named and passed on. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  // Of fonts.
  'OFL-1.1',
]);

/** Returns whether an SPDX expression allows to choose licences that are all known as permissive. */
export function isPermissive(expression: string): boolean {
  const text = expression.replaceAll(/[()]/g, ' ');
  // Without brackets around alternatives, AND binds more than OR.
  if (/\(.*\bOR\b.*\)\s*AND|AND\s*\(.*\bOR\b/.test(expression)) return false;
  return text
    .split(/\sOR\s/)
    .some((choice) => choice.split(/\sAND\s/).every((one) => PERMISSIVE.has(one.trim())));
}

const locked = (): Readonly<Record<string, Locked>> =>
  JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).packages;

/** Returns what is installed with the package, with all that it needs in turn. */
export function installedPackages(): ThirdParty[] {
  const all = Object.entries(locked())
    .filter(([folder, { dev }]) => folder.startsWith(MODULES) && dev !== true)
    .map(([folder, entry]) => thirdParty(folder, entry));
  const distinct = new Map(all.map((one) => [`${one.name}@${one.version}`, one]));
  return [...distinct.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Returns packages that are in the project itself. */
export function packagesNamed(names: readonly string[]): ThirdParty[] {
  const packages = locked();
  return names.map((name) => thirdParty(MODULES + name, packages[MODULES + name]));
}

/** Returns the text of the licence that a package comes with. */
export function licenceText({ name, folder }: ThirdParty): string {
  const file = readdirSync(path.join(ROOT, folder)).find((each) =>
    /^(licen[cs]e|copying)(\.|$)/i.test(each),
  );
  if (file === undefined) throw new Error(`${name} is built into the page without a licence`);
  return readFileSync(path.join(ROOT, folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** Returns version and licence as the installed package says; undefined for one of another machine. */
export function installedAs({ folder }: ThirdParty): Locked | undefined {
  const file = path.join(ROOT, folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Locked) : undefined;
}

function thirdParty(folder: string, { version, license, optional, devOptional }: Locked) {
  const name = folder.slice(folder.lastIndexOf(MODULES) + MODULES.length);
  const isOptional = optional === true || devOptional === true;
  return { name, version, licence: license ?? 'unknown', isOptional, folder };
}

function keyOf({ name, version }: ThirdParty): string {
  return `${name}@${version}`;
}
