/** What is chosen for the next stream; it stays while the page is open, also if a start fails. */
import { signal } from '@preact/signals';
import type { Speed } from './speeds.ts';

export interface StartChoice {
  readonly speed: Speed;
  /** Empty where nothing is typed. */
  readonly minutes: string;
  readonly catchUp: string;
  readonly alsoCsv: boolean;
  readonly interval: string;
  readonly burst: string;
  readonly events: readonly string[];
}

export const startChoice = signal<StartChoice>({
  speed: 60,
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

/** As the API wants it. */
export function startRequest(choice: StartChoice): Readonly<Record<string, unknown>> {
  const { speed, minutes, catchUp, alsoCsv, interval, burst, events } = choice;
  return {
    speed,
    catch_up: catchUp,
    also_csv: alsoCsv,
    ...(minutes !== '' && { duration_minutes: Number(minutes) }),
    ...(interval !== '' && { emit_interval_ms: Number(interval) }),
    ...(burst !== '' && { burst: Number(burst) }),
    ...(events.length > 0 && { events }),
  };
}
