/** Where the effects of scenarios stand in their files, for messages. Effects of a world that is continued stand nowhere. */
import { pathText } from './problems.ts';

interface Origin {
  readonly file: string;
  /** Place among the effects of the file. */
  readonly index: number;
  /** Returns the line of a path in the file, or of what should contain it. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

const origins = new WeakMap<object, Origin>();

/** Notes where an effect stands. */
export function noteOrigin(effect: object, origin: Origin): void {
  origins.set(effect, origin);
}

/** Returns `heat.yaml, line 12: effects[2].targets.stores[0]`. @param fallback file and place if it is not known */
export function whereText(
  effect: object,
  path: readonly PropertyKey[],
  fallback: { readonly file: string; readonly index: number },
): { readonly file: string; readonly at: string } {
  const origin = origins.get(effect);
  const { file, index } = origin ?? fallback;
  const whole = ['effects', index, ...path];
  const line = origin?.lineOf(whole);
  return { file, at: `${line === undefined ? '' : `line ${line}: `}${pathText(whole)}` };
}
