/** `npm run build`: makes the package of the sources, in dist/. */
import path from 'node:path';
import process from 'node:process';
import { buildPackage } from './package.ts';
import { declareTypes } from './types.ts';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'dist');
const { files, bytes } = await buildPackage(folder);
const declarations = declareTypes(folder);
process.stdout.write(
  `Built ${folder}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, and ${declarations} declarations.\n`,
);
