/** Kinds of effects that extensions add: scenario files may contain them like the built-in ones. */
import type { z } from 'zod';
import type { Effects, HoldingEffect } from '../policy/effects.ts';

/** A kind of effect that an extension declares. */
export interface ExtensionEffect {
  /** What it does, in a sentence. */
  readonly about: string;
  /** What it applies to: single stores, or distribution centers with their regions. */
  readonly places: 'stores' | 'regions';
  /**
   * What an effect of this kind contains besides `window`, `targets` and `ramp`: a Zod schema by key. The message of a
   * schema says what is expected, as an end to "expected …".
   */
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /**
   * Changes what the built-in world asks of its scenarios; without it the extension asks with `effects.holding`.
   *
   * @param effects what the scenarios do otherwise
   * @param holding the effects of this kind that hold at a place (id of store or DC) and an instant (epoch ms)
   */
  readonly changes?: (
    effects: Effects,
    holding: (placeId: number, atMs: number) => readonly HoldingEffect[],
  ) => Partial<Effects>;
}

const kinds = new Map<string, ExtensionEffect>();

/** By kind, in the order in which they were added. */
export function extensionEffects(): ReadonlyMap<string, ExtensionEffect> {
  return kinds;
}

/** Adds a kind; the name must be new. */
export function addEffectKind(kind: string, effect: ExtensionEffect): void {
  kinds.set(kind, effect);
}
