/**
 * Exponential and logarithm that give the same bits on every runtime.
 *
 * Math.exp, Math.log, Math.pow and the trigonometric functions may differ in the last bit from one
 * JavaScript engine or version to the next (about one value in ten between Node 20 and Deno 2.9), enough to change
 * the outcome of a comparison now and then. These use only + − × ÷, which IEEE 754 fixes, and lie within 2 units in
 * the last place of the true value.
 */
/** ln 2 in two parts, the upper one short enough for exact products with an exponent. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const OVERFLOW = 709.78;
const UNDERFLOW = -708;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Which of the two words holds sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
/** 2^k at index k + 1023, for k from -1023 to 1023. */
const POWERS = new Float64Array(2047);
POWERS[1023] = 1;
for (let k = 1; k <= 1023; k++) {
  POWERS[1023 + k] = POWERS[1022 + k] * 2;
  POWERS[1023 - k] = POWERS[1024 - k] / 2;
}

/** e to the power of x; 0 below -708, Infinity above 709.78. */
export function exp(x: number): number {
  if (!(x > UNDERFLOW)) return Number.isNaN(x) ? x : 0;
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  // x = k ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor series of e^r.
  const k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // Both halves of the series side by side: half as long a chain of operations.
  const rr = r * r;
  const even =
    1 +
    rr *
      (1 / 2 +
        rr *
          (1 / 24 + rr * (1 / 720 + rr * (1 / 40320 + rr * (1 / 3628800 + rr * (1 / 479001600))))));
  const odd =
    1 +
    rr *
      (1 / 6 +
        rr *
          (1 / 120 +
            rr * (1 / 5040 + rr * (1 / 362880 + rr * (1 / 39916800 + rr * (1 / 6227020800))))));
  const sum = even + r * odd;
  // 2^1024 is no double, so the last doubling is a separate step.
  return k > 1023 ? sum * POWERS[k + 1022] * 2 : sum * POWERS[k + 1023];
}

/** Natural logarithm; -Infinity at 0, NaN below. */
export function ln(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  // Numbers too small for a full mantissa are scaled up first.
  if (x < 2.3e-308) return ln(x * 18014398509481984) - 54 * (LN2_HIGH + LN2_LOW);
  double[0] = x;
  let exponent = (words[HIGH] >>> 20) - 1023;
  let mantissa = x * POWERS[1023 - exponent];
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose series needs few terms for m between √½ and √2.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  const fourth = square * square;
  // The series' terms of even and of odd number, again as two short chains.
  const first =
    1 / 3 +
    fourth *
      (1 / 7 + fourth * (1 / 11 + fourth * (1 / 15 + fourth * (1 / 19 + fourth * (1 / 23)))));
  const second =
    1 / 5 + fourth * (1 / 9 + fourth * (1 / 13 + fourth * (1 / 17 + fourth * (1 / 21))));
  const sum = first + square * second;
  return exponent * LN2_HIGH + (2 * s + (2 * s * square * sum + exponent * LN2_LOW));
}
