/** The offered speeds. */

export type Speed = number | 'max';
/** A speed, or the choice to hold a rate at any speed. */
export type Pace = Speed | 'rate';

export const SPEEDS: readonly { value: Speed; label: string }[] = [
  { value: 1, label: '× 1' },
  { value: 10, label: '× 10' },
  { value: 60, label: '× 60' },
  { value: 600, label: '× 600' },
  { value: 'max', label: 'Full' },
];

/** What a stream can start with. */
export const PACES: readonly { value: Pace; label: string }[] = [
  ...SPEEDS,
  { value: 'rate', label: 'Hold a rate' },
];
