/** The choices for the next stream; they stay while the page is open, also if a start fails. */
import { signal } from '@preact/signals';
import type { Pace } from './speeds.ts';

export interface StartChoice {
  readonly speed: Pace;
  /** Events a second; used if a rate is chosen instead of a speed. */
  readonly rate: string;
  /** Empty if nothing is typed. */
  readonly minutes: string;
  readonly catchUp: string;
  readonly alsoCsv: boolean;
  readonly interval: string;
  readonly burst: string;
  readonly events: readonly string[];
}

export const startChoice = signal<StartChoice>({
  speed: 60,
  rate: '500',
  minutes: '',
  catchUp: 'none',
  alsoCsv: false,
  interval: '',
  burst: '',
  events: [],
});

export function choose(change: Partial<StartChoice>): void {
  startChoice.value = { ...startChoice.value, ...change };
}

/** In the API's form. */
export function startRequest(choice: StartChoice): Readonly<Record<string, unknown>> {
  const { speed, rate, minutes, catchUp, alsoCsv, interval, burst, events } = choice;
  const isRate = speed === 'rate';
  return {
    ...(isRate ? { rate: Number(rate) } : { speed }),
    catch_up: catchUp,
    also_csv: alsoCsv,
    ...(minutes !== '' && { duration_minutes: Number(minutes) }),
    ...(!isRate && interval !== '' && { emit_interval_ms: Number(interval) }),
    ...(!isRate && burst !== '' && { burst: Number(burst) }),
    ...(events.length > 0 && { events }),
  };
}
