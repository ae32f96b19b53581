/**
 * Where the files lie that belong to the program: in the repository beside its sources, in the package that is
 * built of them beside the bundle. Every path of a file of ours comes from here.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = new URL(import.meta.url);

/** Whether this is the built package, which needs no compiler; the sources are TypeScript. */
export const IS_BUILT = !HERE.pathname.endsWith('.ts');

const ROOT = new URL(IS_BUILT ? '../' : '../../', HERE);

/** The folder of package.json. */
export const OWN_ROOT = path.resolve(fileURLToPath(ROOT));

export const OWN_DICTIONARIES = path.join(OWN_ROOT, 'dictionaries');

export const OWN_SCENARIOS = path.join(OWN_ROOT, 'scenarios');

/** The SQL of checks, views, summaries and metrics, a folder each. */
export const OWN_QUERIES = path.join(OWN_ROOT, IS_BUILT ? 'dist' : 'src', 'verify');

/** The targets of `sim report`, and the SQL that measures them. */
export const OWN_REPORT = path.join(OWN_ROOT, IS_BUILT ? 'dist' : 'src', 'report');

/** The page: TypeScript in the repository, what a browser loads in the package. */
export const OWN_PAGE = path.join(OWN_ROOT, IS_BUILT ? 'dist' : 'src', 'page');

/**
 * The module that a worker thread begins with.
 * @param name its path below src, without the ending; the package has all of them side by side
 */
export function threadModule(name: string): URL {
  return IS_BUILT
    ? new URL(`./${path.posix.basename(name)}.js`, HERE)
    : new URL(`src/${name}.mjs`, ROOT);
}
