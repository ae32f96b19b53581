/** Random variates of the usual families, drawn from a substream: the same bits on every runtime. */
import { exp, ln } from './elementary.ts';
import type { Substream } from './substream.ts';

/** Layers of equal area under the normal curve, without its factor. */
const LAYERS = 128;
const BASE_EDGE = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;
/** Right edges of the layers: the base layer's as if it were a box, and 0 at the top. */
const EDGES = edgesOfLayers();
/** Share of each layer that lies under the curve at any height. */
const RATIOS = Float64Array.from({ length: LAYERS }, (_, i) => EDGES[i + 1] / EDGES[i]);

function edgesOfLayers(): Float64Array {
  const edges = new Float64Array(LAYERS + 1);
  let height = exp(-0.5 * BASE_EDGE * BASE_EDGE);
  edges[0] = LAYER_AREA / height;
  edges[1] = BASE_EDGE;
  for (let layer = 2; layer < LAYERS; layer++) {
    height += LAYER_AREA / edges[layer - 1];
    edges[layer] = Math.sqrt(-2 * ln(height));
  }
  return edges;
}

/** Exponential with the given mean. */
export function exponential(stream: Substream, mean: number): number {
  return -mean * ln(stream.openUnit());
}

/** Standard normal (the ziggurat of Marsaglia and Tsang 2000 with Doornik's layout of 2005). */
export function normal(stream: Substream): number {
  for (;;) {
    const bits = stream.bits();
    // Seven bits choose the layer, the other 25 the place in it; the lowest are the generator's weakest.
    const layer = bits >>> 25;
    const u = (bits << 7) * 2 ** -31;
    if (Math.abs(u) < RATIOS[layer]) return u * EDGES[layer];
    if (layer === 0) return u < 0 ? -normalTail(stream) : normalTail(stream);
    const x = u * EDGES[layer];
    const outer = exp(-0.5 * (EDGES[layer] * EDGES[layer] - x * x));
    const inner = exp(-0.5 * (EDGES[layer + 1] * EDGES[layer + 1] - x * x));
    if (outer + stream.unit() * (inner - outer) < 1) return x;
  }
}

/** Beyond the base layer's edge (Marsaglia 1964). */
function normalTail(stream: Substream): number {
  for (;;) {
    const x = -ln(stream.openUnit()) / BASE_EDGE;
    const y = -ln(stream.openUnit());
    if (2 * y >= x * x) return BASE_EDGE + x;
  }
}

/** Lognormal with the given median and the standard deviation of its logarithm. */
export function lognormal(stream: Substream, median: number, sigma: number): number {
  return median * exp(sigma * normal(stream));
}

/** Gamma with shape k > 0 and the given mean (Marsaglia and Tsang 2000). */
export function gamma(stream: Substream, shape: number, mean: number): number {
  const boost = shape < 1 ? exp(ln(stream.openUnit()) / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (ln(stream.openUnit()) < 0.5 * x * x + d - d * v + d * ln(v)) {
      return (d * v * boost * mean) / shape;
    }
  }
}

/** Poisson with the given mean: by multiplication below 30, by the normal approximation above. */
export function poisson(stream: Substream, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(stream)));
  const limit = exp(-mean);
  let product = stream.openUnit();
  let count = 0;
  while (product > limit) {
    product *= stream.openUnit();
    count++;
  }
  return count;
}

/** Negative binomial with the given mean and dispersion k (a gamma-mixed Poisson). */
export function negativeBinomial(stream: Substream, mean: number, k: number): number {
  return poisson(stream, gamma(stream, k, mean));
}

/** Draws indices in proportion to fixed weights in constant time (Walker's alias method, Vose's set-up). */
export class AliasTable {
  readonly size: number;
  /** Of each index its probability, and the other index that its place may give: side by side, for the CPU's cache. */
  private readonly probability: Float32Array;
  private readonly alias: Int32Array;

  /** @param weights non-negative, at least one positive */
  constructor(weights: ArrayLike<number>) {
    const n = weights.length;
    let total = 0;
    for (let i = 0; i < n; i++) total += weights[i];
    if (!(total > 0)) throw new RangeError(`Cannot draw from ${n} weights that sum to ${total}`);
    const buffer = new ArrayBuffer(8 * n);
    const probability = new Float32Array(buffer);
    const alias = new Int32Array(buffer);
    this.size = n;
    this.probability = probability;
    this.alias = alias;
    const scaled = new Float64Array(n);
    // Two stacks in one array: small weights grow from its left end, large ones from its right.
    const stacks = new Int32Array(n);
    let small = 0;
    let large = n;
    for (let i = 0; i < n; i++) {
      probability[2 * i] = 1;
      alias[2 * i + 1] = i;
      scaled[i] = (weights[i] * n) / total;
      if (scaled[i] < 1) stacks[small++] = i;
      else stacks[--large] = i;
    }
    while (small > 0 && large < n) {
      const less = stacks[--small];
      const more = stacks[large];
      probability[2 * less] = scaled[less];
      alias[2 * less + 1] = more;
      scaled[more] -= 1 - scaled[less];
      if (scaled[more] < 1) {
        large++;
        stacks[small++] = more;
      }
    }
    // An entry left on the left stack by rounding keeps probability 1 unless its weight is really zero.
    for (let left = 0; left < small; left++) {
      if (weights[stacks[left]] === 0) probability[2 * stacks[left]] = 0;
    }
  }

  draw(stream: Substream): number {
    const scaled = stream.unit() * this.size;
    const index = Math.floor(scaled);
    return scaled - index < this.probability[2 * index] ? index : this.alias[2 * index + 1];
  }
}
