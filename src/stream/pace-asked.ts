/** The requested pace of a stream: a speed, or a rate that determines the speed. */
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
  /** Rate to hold by controlling the simulation; the speed is then unlimited. */
  readonly cadence: Cadence | undefined;
  /** Maximum rate. */
  readonly cap: RateCapSettings | undefined;
}

/**
 * Returns the pace of a stream. `emit_interval_ms` and `burst` of a config limit the rate if a speed is given, and set
 * the rate otherwise.
 * @param configured the values of these two settings, if set
 * @throws InputError for options that exclude each other
 */
export function paceAsked(
  { speed, perSecond, catchUp }: PaceRequest,
  configured: RateCapSettings | undefined,
): PaceAsked {
  if (perSecond !== undefined) {
    if (speed !== undefined) throw new InputError(RATE_OR_SPEED);
    if (catchUp === 'stream') {
      throw new InputError(
        'A rate controls the speed of the world, and catching up by streaming needs full speed: leave out the ' +
          'rate (--rate), or choose another catch-up (--catch-up csv or none).',
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
  'A rate controls the speed: give a rate (--rate) or a speed (--speed), not both.';
