/** Transfers errors between threads, because structured cloning would lose their classes. */
import { InputError, OutputError, reasonOf } from '../domain/errors.ts';

/** An error as plain data. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorData;
}

/** Returns a thrown value as plain data, including causes. */
export function errorData(thrown: unknown): ErrorData {
  if (!(thrown instanceof Error)) return { name: 'Error', message: reasonOf(thrown) };
  const { name, message, stack, cause } = thrown;
  return { name, message, stack, cause: cause === undefined ? undefined : errorData(cause) };
}

/** Returns the error; with its own class if callers handle that class. */
export function errorOf({ name, message, stack, cause }: ErrorData): Error {
  const Class = [InputError, OutputError].find((known) => known.name === name) ?? Error;
  const error = new Class(message, cause === undefined ? undefined : { cause: errorOf(cause) });
  if (Class === Error) Object.assign(error, { name });
  if (stack !== undefined) error.stack = stack;
  return error;
}
