/** Line icons, drawn on a grid of 20. */

const PATHS = {
  dashboard: 'M3 11V4h6v7zM11 16V9h6v7zM3 16v-2.5h6V16zM11 6.5V4h6v2.5z',
  map: 'M10 17s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9zM10 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  master:
    'M4 5.5C4 4 7 3 10 3s6 1 6 2.5-3 2.5-6 2.5-6-1-6-2.5zM4 5.5v9C4 16 7 17 10 17s6-1 6-2.5v-9M4 10c0 1.5 3 2.5 6 2.5s6-1 6-2.5',
  history: 'M3.5 10a6.5 6.5 0 1 1 2 4.700M3.5 10 2 8.5M3.5 10 5.200 8.400M10 6.5V10l2.5 2',
  stream: 'M2.5 10h3l2-5.5 4 11 2.300-5.5h3.700',
  config: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  moon: 'M16.5 12.200A7 7 0 0 1 7.800 3.5a7 7 0 1 0 8.700 8.700z',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  whole: 'M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4',
  tour: 'M4 15.5c4 0 3-5.5 6-5.5s2 5.5 6 5.5M4 15.5a1.5 1.5 0 1 1 0-.01M16 4.5l-3 1.5 3 1.5z',
  list: 'M7 5.5h10M7 10h10M7 14.5h10M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
