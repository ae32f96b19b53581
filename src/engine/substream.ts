/**
 * Substreams of randomness: one generator per (seed, entity kind, entity, purpose).
 *
 * A draw for one entity or purpose never shifts the draws of another, so adding a store or a scenario
 * leaves everything unchanged that it does not affect (common random numbers). The generator is
 * xoroshiro128+ of pure-rand; all four words of its state are hashed from the key, because small
 * consecutive seeds give correlated first draws.
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

type Generator = ReturnType<typeof xoroshiro128plusFromState>;

/** A purpose's key, hashed once from its name; make it a module constant on hot paths. */
export function purposeKey(kind: string, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${kind}/${purpose}`) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  }
  return mix(hash);
}

/** Scrambles 32 bits (the finaliser of a multiplicative hash with full avalanche). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) | 0;
}

/** A hash of key and numbers in [0, 1), for decisions that must not depend on any order of draws. */
export function hashUnit(seed: number, key: number, a: number, b = 0): number {
  return (hash32(seed, key, a, b) >>> 0) / 4294967296;
}

/** A 32-bit hash of seed, key and two numbers (up to 2^53 each). */
export function hash32(seed: number, key: number, a: number, b = 0): number {
  return hashEnd(hashWith(hashStart(seed, key), a), b);
}

/** The first part of `hash32`. Compute it once where many hashes share seed and key. */
export function hashStart(seed: number, key: number): number {
  return mix(mix((seed | 0) ^ key) ^ Math.floor(seed / 4294967296) ^ 0x3c6ef372);
}

/** The second part of `hash32`: adds the number `a` (up to 2^53) after `hashStart`. */
export function hashWith(hash: number, a: number): number {
  return mix(mix(hash ^ (a | 0)) ^ Math.floor(a / 4294967296) ^ 0x1b873593);
}

/** The last part of `hash32`: adds the number `b` (up to 2^53) after `hashWith`. */
export function hashEnd(hash: number, b: number): number {
  return mix(mix(hash ^ (b | 0)) ^ Math.floor(b / 4294967296) ^ 0x2545f491);
}

/** A stream of random numbers of its own: for one seed, one entity and one purpose. */
export class Substream {
  private readonly generator: Generator;

  private constructor(generator: Generator) {
    this.generator = generator;
  }

  /** The substream of one purpose (see `purposeKey`) of one entity (an integer up to 2^53). */
  static of(seed: number, purpose: number, entity = 0): Substream {
    const first = hash32(seed, purpose, entity, 1);
    const second = hash32(seed, purpose, entity, 2);
    const third = hash32(seed, purpose, entity, 3);
    // An all-zero state would stay zero; one odd word rules it out.
    const fourth = hash32(seed, purpose, entity, 4) | 1;
    return new Substream(xoroshiro128plusFromState([first, second, third, fourth]));
  }

  /** Returns the substream as it was when `state` was taken. */
  static restore(state: readonly number[]): Substream {
    return new Substream(xoroshiro128plusFromState([...state]));
  }

  /** Four 32-bit integers from which the substream continues. */
  state(): number[] {
    return [...this.generator.getState()];
  }

  /** 32 random bits, as a signed integer. */
  bits(): number {
    return this.generator.next();
  }

  /** Uniform in [0, 1), 32 bits. */
  unit(): number {
    return (this.generator.next() >>> 0) * 2.3283064365386963e-10;
  }

  /** Uniform in (0, 1), 52 bits: for inverse transforms with long tails, never 0 nor 1. */
  openUnit(): number {
    const high = this.generator.next() >>> 6;
    const low = this.generator.next() >>> 6;
    return (high * 67108864 + low + 0.5) * 2.220446049250313e-16;
  }

  /** Uniform integer in [0, bound); bound up to 2^31, bias below bound / 2^32. */
  below(bound: number): number {
    return Math.floor(this.unit() * bound);
  }

  /** Uniform integer in [min, max], both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Index drawn in proportion to weights that sum to `total`. */
  weighted(weights: ArrayLike<number>, total: number): number {
    let left = this.unit() * total;
    const last = weights.length - 1;
    for (let index = 0; index < last; index++) {
      left -= weights[index];
      if (left < 0) return index;
    }
    return last;
  }
}
