/** The window of time that a world's files cover, as its state says. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError, reasonOf } from '../domain/errors.ts';

/**
 * Start and end (exclusive) of the history in a folder, as ISO instants.
 * @param purpose what the world is read for, as in "Cannot verify"
 * @throws InputError if there is none
 */
export function readWindow(folder: string, purpose = 'verify'): { from: string; to: string } {
  const file = path.join(folder, 'generation_state.json');
  if (!existsSync(file)) {
    throw new InputError(
      `Cannot ${purpose} "${folder}": it has no generation_state.json. Name the folder of a world that was generated.`,
    );
  }
  const state = parseState(file);
  const from = state.historical_start_date;
  const to = state.last_generated_timestamp;
  if (!isInstant(from) || !isInstant(to)) {
    throw new InputError(
      `Cannot ${purpose} "${folder}": generation_state.json says historical_start_date ${JSON.stringify(from)} and last_generated_timestamp ${JSON.stringify(to)}, expected two instants. Generate a history first.`,
    );
  }
  return { from, to };
}

function parseState(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new InputError(`Cannot read "${file}": expected JSON, but ${reasonOf(error)}`);
  }
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
