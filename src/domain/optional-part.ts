/** Packages that not everybody needs: loaded when they are asked for, and named where they are missing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, reasonOf } from './errors.ts';
import { OWN_ROOT } from './own-files.ts';

/**
 * What `load` imports.
 * @param name of the package, one of the optional ones of package.json
 * @param purpose what it is needed for: "to verify a world"
 * @throws InputError with the command that installs it, where it is missing or has no binary for this machine
 */
export async function loadPart<Part>(
  name: string,
  purpose: string,
  load: () => Promise<Part>,
): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    const isMissing = isNotFound(error) && reasonOf(error).includes(name);
    const why = isMissing
      ? 'which is not installed'
      : `which can't be loaded on this machine (${process.platform} ${process.arch}): ${reasonOf(error).split('\n')[0]}`;
    throw new InputError(
      `Cannot do without the package ${name} ${purpose}, ${why}. Install it with: npm install ${name}@${versionOf(name)}`,
      { cause: error },
    );
  }
}

function isNotFound(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

/** The version that this program is tested with. */
function versionOf(name: string): string {
  const file = path.join(OWN_ROOT, 'package.json');
  const { optionalDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  return optionalDependencies[name];
}
