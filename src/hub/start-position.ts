/** The start position that a receiver's selector filter states. */

export type StartPosition =
  | { readonly by: 'earliest' }
  | { readonly by: 'latest' }
  | {
      readonly by: 'offset' | 'sequence-number' | 'enqueued-time';
      readonly value: number;
      /** Whether the event at the position itself is included. */
      readonly inclusive: boolean;
    };

/** Name of the filter in the source of a link. */
export const SELECTOR_FILTER = 'apache.org:selector-filter:string';

const SELECTOR =
  /^\s*amqp\.annotation\.x-opt-(offset|sequence-number|enqueued-time(?:-utc)?)\s*(>=?)\s*'([^']*)'\s*$/;

/** Reads a selector. No selector means the earliest event; returns undefined if it is not understood. */
export function parseSelector(selector: string | undefined): StartPosition | undefined {
  if (selector === undefined) return { by: 'earliest' };
  const match = SELECTOR.exec(selector);
  if (match === null) return undefined;
  const [, annotation, comparison, text] = match;
  if (annotation === 'offset') {
    if (text === '@latest') return { by: 'latest' };
    if (text === '-1') return { by: 'earliest' };
  }
  if (!/^-?\d+$/.test(text)) return undefined;
  const value = Number(text);
  const inclusive = comparison === '>=';
  if (annotation === 'sequence-number') return { by: 'sequence-number', value, inclusive };
  return { by: annotation === 'offset' ? 'offset' : 'enqueued-time', value, inclusive };
}
