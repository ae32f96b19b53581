/** The speeds that are offered. */

export type Speed = number | 'max';

export const SPEEDS: readonly { value: Speed; label: string }[] = [
  { value: 1, label: '× 1' },
  { value: 10, label: '× 10' },
  { value: 60, label: '× 60' },
  { value: 600, label: '× 600' },
  { value: 'max', label: 'Full' },
];
