/** The version of this program, from package.json. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_ROOT } from '../domain/own-files.ts';

const FILE = path.join(OWN_ROOT, 'package.json');

export const VERSION = (JSON.parse(readFileSync(FILE, 'utf8')) as { version: string }).version;
