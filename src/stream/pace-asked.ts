/** How fast a stream is asked to go: at a speed, or at whatever speed holds a rate. */
import type { Speed } from '../engine/pacer.ts';
import type { RateCapSettings } from '../delivery/rate-cap.ts';
import type { CatchUp } from './catch-up.ts';
import { InputError } from '../domain/errors.ts';
import { type Cadence, evenCadence } from './rate-governor.ts';

export const MOST_PER_SECOND = 1_000_000;

export interface PaceRequest {
  readonly speed?: Speed | undefined;
  /** Events a second. */
  readonly perSecond?: number | undefined;
  readonly catchUp?: CatchUp | undefined;
}

export interface PaceAsked {
  readonly speed: Speed;
  /** What is held by steering the speed, which is unlimited then. */
  readonly cadence: Cadence | undefined;
  /** What the rate may not exceed. */
  readonly cap: RateCapSettings | undefined;
}

/**
 * `emit_interval_ms` and `burst` of a config are a cap on a speed that is given, and a cadence without one.
 * @param configured what these two say, if they say something
 * @throws InputError for what can't be had together
 */
export function paceAsked(
  { speed, perSecond, catchUp }: PaceRequest,
  configured: RateCapSettings | undefined,
): PaceAsked {
  if (perSecond !== undefined) {
    if (speed !== undefined) throw new InputError(RATE_OR_SPEED);
    if (catchUp === 'stream') {
      throw new InputError(
        'A rate steers the speed of the world, and catching up by streaming needs all of it: leave the ' +
          'rate out (--rate), or catch up otherwise (--catch-up csv or none).',
      );
    }
    return { speed: Infinity, cadence: evenCadence(perSecond), cap: undefined };
  }
  if (speed === undefined && configured !== undefined && catchUp !== 'stream') {
    return { speed: Infinity, cadence: configured, cap: undefined };
  }
  return { speed: speed ?? 1, cadence: undefined, cap: configured };
}

const RATE_OR_SPEED =
  'A rate is held by steering the speed: give a rate (--rate) or a speed (--speed), not both.';
