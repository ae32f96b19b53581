/** Effects of a file that contradict or repeat each other. */
import type { Problem } from './problems.ts';

/** What is compared of an effect. */
interface PlacedEffect {
  readonly kind: string;
  readonly window: unknown;
  readonly targets?: object | undefined;
}

/** Finds effects whose kind, window and targets are those of an effect before: one of them is a mistake. */
export function repeatedEffects(effects: readonly PlacedEffect[]): Problem[] {
  const first = new Map<string, number>();
  return effects.flatMap((effect, index) => {
    if (effect.kind === 'disruption') return [];
    const key = JSON.stringify([effect.kind, effect.window, sorted(effect.targets ?? {})]);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, index);
      return [];
    }
    const text =
      `conflicts with effects[${before}], of the same kind, window and targets: expected one of the two, ` +
      'or windows that differ';
    return [{ path: ['effects', index], text }];
  });
}

function sorted(targets: object): [string, unknown][] {
  return Object.entries(targets).sort(([a], [b]) => (a < b ? -1 : 1));
}
