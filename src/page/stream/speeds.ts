/** The speeds that are offered. */

export type Speed = number | 'max';
/** A speed, or whatever speed holds a rate. */
export type Pace = Speed | 'rate';

export const SPEEDS: readonly { value: Speed; label: string }[] = [
  { value: 1, label: '× 1' },
  { value: 10, label: '× 10' },
  { value: 60, label: '× 60' },
  { value: 600, label: '× 600' },
  { value: 'max', label: 'Full' },
];

/** What a stream can begin with. */
export const PACES: readonly { value: Pace; label: string }[] = [
  ...SPEEDS,
  { value: 'rate', label: 'Hold a rate' },
];
