/** Reads JSON files, and reports where they stop being JSON. */
import { readFileSync } from 'node:fs';
import { decodeText } from '../domain/decoded-text.ts';
import { InputError, reasonOf } from '../domain/errors.ts';
import { jsonFault } from './json-fault.ts';

/**
 * Returns the content of a JSON file.
 * @param kind what the file is to the user, e.g. `config file`
 * @throws InputError naming the file, and the line and column of the fault
 */
export function readJsonFile(file: string, kind: string): unknown {
  return parseJson(readText(file, kind), file);
}

function readText(file: string, kind: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    throw new InputError(`Cannot read ${kind} "${file}": ${reasonOf(error)}`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(text);
    if (fault === undefined) throw new InputError(`Cannot read ${file}: ${reasonOf(error)}`);
    throw new InputError(
      `Cannot read ${file}, line ${fault.line}, column ${fault.column}: not valid JSON, found ${fault.found}`,
    );
  }
}
