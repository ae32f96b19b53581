/** The scenarios that a scenario extends: their effects come before its own. */
import path from 'node:path';
import { InputError } from '../domain/errors.ts';

/** How a scenario that others extend is found and read. */
export interface BaseReader<Base> {
  /** Folder of the file that extends; undefined for a text that may name scenarios of the project only. */
  readonly folder: string | undefined;
  read(nameOrPath: string): Base;
}

/**
 * Returns the scenarios that a file extends, in its order.
 * @param named what the file says under `extends`, checked for its shape later
 * @param place of the key in the file, for messages
 * @throws InputError for one that cannot be read, or that extends the file in turn
 */
export function basesOf<Base>(
  named: unknown,
  place: string,
  { folder, read }: BaseReader<Base>,
): Base[] {
  const names = (Array.isArray(named) ? named : [named]).filter((name) => typeof name === 'string');
  return names.map((name: string) => {
    const isPath = isScenarioPath(name);
    if (isPath && folder === undefined) {
      throw new InputError(
        `Cannot extend "${name}" (${place}): expected the name of a scenario of the project`,
      );
    }
    try {
      return read(isPath ? path.resolve(folder ?? '', name) : name);
    } catch (error) {
      if (!(error instanceof InputError) || error instanceof CycleError) throw error;
      throw new InputError(`${place}: ${error.message}`);
    }
  });
}

/** A scenario extends itself, by way of others or not. */
class CycleError extends InputError {}

/** Returns the chain with one more file. @throws InputError if it is in the chain already */
export function chainWith(chain: readonly string[], file: string): readonly string[] {
  if (!chain.includes(file)) return [...chain, file];
  const cycle = [...chain.slice(chain.indexOf(file)), file].map((each) => path.basename(each));
  throw new CycleError(
    `Cannot use scenario ${path.basename(file)}: it extends itself (${cycle.join(' extends ')}). ` +
      'Take "extends" out of one of these files.',
  );
}

/** Whether a scenario is given by the path of its file rather than by name. */
export function isScenarioPath(nameOrPath: string): boolean {
  return /\.ya?ml$/.test(nameOrPath) || /[\\/]/.test(nameOrPath);
}
