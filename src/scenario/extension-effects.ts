/** Kinds of effects of extensions, which scenario files can contain like the built-in kinds. */
import type { z } from 'zod';
import type { Effects, HoldingEffect } from '../policy/effects.ts';

/** A kind of effect of an extension. */
export interface ExtensionEffect {
  /** One sentence on what it does. */
  readonly about: string;
  /** Whether it applies to stores, or to distribution centers with their regions. */
  readonly places: 'stores' | 'regions';
  /**
   * Settings of an effect in addition to `window`, `targets` and `ramp`: a Zod schema for each key. The message of a
   * schema completes the sentence "expected …".
   */
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /**
   * Returns changed effects for the built-in world. Without it, the extension reads its effects with `effects.holding`.
   *
   * @param effects the effects without this kind
   * @param holding returns the effects of this kind at a place (id of store or DC) and an instant (epoch ms)
   */
  readonly changes?: (
    effects: Effects,
    holding: (placeId: number, atMs: number) => readonly HoldingEffect[],
  ) => Partial<Effects>;
}

const kinds = new Map<string, ExtensionEffect>();

/** Returns the kinds of extensions, in order of registration. */
export function extensionEffects(): ReadonlyMap<string, ExtensionEffect> {
  return kinds;
}

/** Adds a kind. The name must be new. */
export function addEffectKind(kind: string, effect: ExtensionEffect): void {
  kinds.set(kind, effect);
}
