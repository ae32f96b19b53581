/** Numbers, sizes, spans and instants as people read them, in terminals and on the page. */

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const MONEY = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const BRIEF_DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const DAY_OF_YEAR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
});
const MINUTE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  hour: '2-digit',
  minute: '2-digit',
});

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export function whole(value: number): string {
  return WHOLE.format(value);
}

/** 1,234 in full, 1.2M in short. */
export function short(value: number): string {
  return Math.abs(value) < 10_000 ? WHOLE.format(value) : SHORT.format(value);
}

export function money(cents: number): string {
  return MONEY.format(cents / 100);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `950 B`, `1.2 kB`, `12 kB` (powers of 1000): as short as it reads well. */
export function bytes(value: number): string {
  return `${scaled(value, 10)}B`;
}

/** `950 B`, `1.2 kB`, `12.3 kB`: one decimal more, for reports. */
export function formatBytes(value: number): string {
  return `${scaled(value, 99.95)}B`;
}

/** `950`, `1.2 k`, `12.3 M`: counts for reports. */
export function formatCount(count: number): string {
  return scaled(count, 99.95).trim();
}

/** `0:07`, `12:30`, `3:05:00`: a duration as clocks count it. */
export function formatDuration(seconds: number): string {
  const rounded = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes}:${two(rounded % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rounded % 60)}`;
}

/** A value in thousands, millions …, with one decimal below `oneDecimalBelow` of them. */
function scaled(value: number, oneDecimalBelow: number): string {
  const units = ['', 'k', 'M', 'G', 'T', 'P'];
  let rest = Math.abs(value);
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  const digits = unit === 0 || rest >= oneDecimalBelow ? 0 : 1;
  return `${value < 0 ? '-' : ''}${rest.toFixed(digits)} ${units[unit]}`;
}

/** The two largest units of a span: `3 d 4 h`, `12 min`, `8 s`. */
export function span(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < SECOND_MS) return `${Math.max(0, Math.round(ms))} ms`;
  return spanOfSeconds(Math.round(ms / SECOND_MS) * SECOND_MS);
}

function spanOfSeconds(ms: number): string {
  if (ms < MINUTE_MS) return `${ms / SECOND_MS} s`;
  if (ms < HOUR_MS) {
    const seconds = (ms % MINUTE_MS) / SECOND_MS;
    const minutes = Math.floor(ms / MINUTE_MS);
    return minutes < 10 && seconds > 0 ? `${minutes} min ${seconds} s` : `${minutes} min`;
  }
  if (ms < DAY_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
    return `${Math.floor(ms / HOUR_MS)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  }
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  return `${Math.floor(ms / DAY_MS)} d${hours > 0 ? ` ${hours} h` : ''}`;
}

/** `Fri, 1 Mar 2024`, of UTC. */
export function dayOf(ms: number): string {
  return DAY.format(ms);
}

/** `1 Mar 2024`, of UTC. */
export function briefDayOf(ms: number): string {
  return BRIEF_DAY.format(ms);
}

/** `1 Mar`, of UTC. */
export function dayOfYear(ms: number): string {
  return DAY_OF_YEAR.format(ms);
}

/** `14:05`, of UTC. */
export function minuteOf(ms: number): string {
  return MINUTE.format(ms);
}

/** `Fri 09:05`, by the clock of a time zone. */
export function localTime(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' },
  }).format(ms);
}

/** `1 Mar 2024, 14:05 UTC`, or a dash. */
export function instant(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return '–';
  return `${DAY.format(ms)}, ${MINUTE.format(ms)} UTC`;
}

/** `receipt_lines` as `Receipt lines`; known short forms stay in capitals. */
export function words(name: string): string {
  const text = name.replaceAll('_', ' ').replace(/\b(dcs?|ble|txn|id|ms|url)\b/g, (word) => {
    const known: Record<string, string> = {
      dc: 'DC',
      dcs: 'DCs',
      ble: 'BLE',
      txn: 'movements',
      id: 'ID',
      url: 'URL',
    };
    return known[word] ?? word;
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
}
