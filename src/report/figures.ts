/** Figures of a report as people read them. */

/** A number with three digits that count: 0.0834, 1.43, 41, 12900. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'no value';
  const digits = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return String(digits);
}

/** A distance with two decimals, rounded down, so that only what is perfect looks perfect. */
export function distanceText(distance: number): string {
  return (Math.floor(distance * 100 + 1e-9) / 100).toFixed(2);
}
