/** Figures as people read them. */

/** `950 B`, `1.2 kB`, `3.4 GB` (powers of 1000). */
export function formatBytes(bytes: number): string {
  return `${scaled(bytes)}B`;
}

/** `950`, `1.2 k`, `3.4 M`. */
export function formatCount(count: number): string {
  return scaled(count).trim();
}

/** `0:07`, `12:30`, `3:05:00`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

function scaled(value: number): string {
  let rest = Math.abs(value);
  let unit = 0;
  const units = ['', 'k', 'M', 'G', 'T', 'P'];
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  const digits = unit === 0 || rest >= 99.95 ? 0 : 1;
  return `${value < 0 ? '-' : ''}${rest.toFixed(digits)} ${units[unit]}`;
}
