/** Imports the modules of extensions and registers them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError, reasonOf } from '../domain/errors.ts';
import type { Extension } from './extension.ts';
import { addExtension } from './register.ts';

/**
 * Registers the extension that a module exports by default. It applies to all worlds of this process and its threads
 * from then on. Call it before a world is created.
 *
 * @param module URL or path of the module
 * @throws InputError if the module doesn't exist or doesn't export an extension
 */
export async function registerExtension(module: string | URL): Promise<void> {
  const url = urlOf(module);
  let found: { readonly default?: Extension };
  try {
    found = await import(url.href);
  } catch (error) {
    throw new InputError(`Cannot load the extension ${module}: ${adviceOn(error)}`, {
      cause: error,
    });
  }
  if (found.default === undefined) {
    throw new InputError(
      `Cannot use the extension ${module}: expected a default export, such as export default defineExtension({ … })`,
    );
  }
  addExtension(found.default, url.href);
}

/** Registers the extensions of another thread, in the same order. */
export async function registerExtensions(modules: readonly string[]): Promise<void> {
  for (const module of modules) await registerExtension(module);
}

function urlOf(module: string | URL): URL {
  if (module instanceof URL) return module;
  if (module.startsWith('file:')) return new URL(module);
  const file = path.resolve(module);
  if (!existsSync(file)) {
    throw new InputError(`Cannot find the extension "${module}": there is no such file`);
  }
  return pathToFileURL(file);
}

function adviceOn(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') return reasonOf(error);
  return 'this version of Node cannot run TypeScript. Use Node 22.18 or later, or Deno, or compile it to JavaScript.';
}
