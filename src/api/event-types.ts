/** Event types in requests. */
import { nearest } from '../domain/errors.ts';
import { EVENT_TYPES } from '../domain/event-rules.ts';
import { Problem } from './problem.ts';

/** Checks event types of a request. @throws Problem 400 naming unknown types */
export function knownEventTypes(
  names: readonly string[] | undefined,
): readonly string[] | undefined {
  const known: readonly string[] = EVENT_TYPES;
  const errors = (names ?? []).flatMap((name, at) => {
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    return [{ field: `events.${at}`, detail: `expected one of ${known.join(', ')}${hint}` }];
  });
  if (errors.length > 0) throw new Problem(400, 'There is no such event type.', { errors });
  return names === undefined || names.length === 0 ? undefined : names;
}
