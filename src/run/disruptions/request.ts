/** Requests of users for disruptions, and the text form of their targets. */
import { z } from 'zod';
import { InputError } from '../../domain/errors.ts';
import {
  LIVE_TYPES,
  type LiveTarget,
  type LiveTargetKind,
  type LiveType,
  TARGET_KINDS,
} from '../../domain/live-disruption.ts';
import { DAY_MS, MINUTE_MS } from '../../engine/time.ts';

const MOST_MS = 366 * DAY_MS;
const MOST_TARGETS = 10_000;

const numbers = z
  .array(z.int().min(1, 'numbers from 1').max(1e6, 'numbers up to 1000000'), {
    error: 'a list of numbers from 1',
  })
  .min(1, 'at least one number')
  .max(MOST_TARGETS, `at most ${MOST_TARGETS} numbers`)
  .transform((list) => [...new Set(list)].sort((a, b) => a - b))
  .optional();

export const LIVE_TARGET = z.strictObject({
  dcs: numbers,
  stores: numbers,
  trucks: numbers,
  suppliers: numbers,
  products: numbers,
} satisfies Record<LiveTargetKind, typeof numbers>);

const lengthMs = (leastMs: number) => {
  const error = `whole ms, from ${leastMs} to ${MOST_MS} (366 days)`;
  return z.int({ error }).min(leastMs, { error }).max(MOST_MS, { error });
};
const share = z
  .number({ error: 'a number from 0.1 to 1' })
  .min(0.1, 'a number from 0.1 to 1')
  .max(1, 'a number from 0.1 to 1');

const SIGN = String.raw`[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff]`;
/**
 * A line of text that is not blank: no control characters, no half of a surrogate pair.
 * Without flags and Unicode classes, so that it can be published in the API's schema and means the same everywhere.
 */
export const LINE = new RegExp(String.raw`^(?=[\s\S]*\S)(?:${SIGN}){1,200}$`);

/** A request for a disruption. Its instants follow from the time at which it is accepted. */
export const DISRUPTION_REQUEST = z.strictObject({
  type: z.enum(LIVE_TYPES, { error: `one of ${LIVE_TYPES.join(', ')}` }),
  /** Empty for all targets. */
  target: LIVE_TARGET,
  /** Share that is lost, 0.1–1; rounded to whole percent. */
  severity: share.default(1),
  durationMs: lengthMs(MINUTE_MS),
  startsInMs: lengthMs(0).default(0),
  description: z
    .string({ error: 'a line of text of at most 200 characters' })
    .trim()
    .regex(LINE, 'a line of text of at most 200 characters')
    .optional(),
});
export type DisruptionRequest = z.output<typeof DISRUPTION_REQUEST>;

/** Parses a request. @throws InputError naming field, value and what was expected */
export function parseDisruption(value: unknown): DisruptionRequest {
  const parsed = DISRUPTION_REQUEST.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const found = path.reduce<unknown>(
      (within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key],
      value,
    );
    const field = path.length === 0 ? 'the request' : path.map(String).join('.');
    const given = found === undefined ? 'missing' : JSON.stringify(found);
    throw new InputError(`Cannot create a disruption: ${field} is ${given}: expected ${message}`);
  }
  requireFittingKinds(parsed.data);
  return parsed.data;
}

function requireFittingKinds({ type, target }: DisruptionRequest): void {
  const fitting = TARGET_KINDS[type];
  for (const kind of kindsOf(target)) {
    if (fitting.includes(kind)) continue;
    const words = fitting.map((possible) => WORD[possible]).join(' or ');
    throw new InputError(
      `Cannot create a disruption: a ${type} has no target of the kind ${WORD[kind]}: expected ` +
        `${words}, such as ${WORD[fitting[0]]}:1, or all`,
    );
  }
}

const WORD: Readonly<Record<LiveTargetKind, string>> = {
  dcs: 'dc',
  stores: 'store',
  trucks: 'truck',
  suppliers: 'supplier',
  products: 'product',
};
const KIND: Readonly<Record<string, LiveTargetKind>> = {
  ...Object.fromEntries(Object.entries(WORD).map(([kind, word]) => [word, kind])),
  region: 'dcs',
};

/** Parses targets in their text form: `all`, `dc:3`, `truck:5,6`. @throws InputError */
export function parseTargets(texts: readonly string[]): LiveTarget {
  const target: Partial<Record<LiveTargetKind, number[]>> = {};
  for (const text of texts) {
    if (text === 'all' && texts.length === 1) return {};
    const [, word, list] = /^([a-z]+):(\d{1,7}(?:,\d{1,7})*)$/.exec(text) ?? [];
    const kind = word === undefined ? undefined : KIND[word];
    if (kind === undefined) {
      throw new InputError(
        `The target is "${text}": expected only all, or a kind with numbers such as dc:3 or truck:5,6; ` +
          `kinds are ${Object.keys(KIND).join(', ')}`,
      );
    }
    target[kind] = [...(target[kind] ?? []), ...list.split(',').map(Number)];
  }
  return target;
}

/** Returns the text form of a target. */
export function formatTarget(target: LiveTarget): string {
  const parts = kindsOf(target).map((kind) => `${WORD[kind]}:${target[kind]?.join(',')}`);
  return parts.length === 0 ? 'all' : parts.join(' ');
}

export function kindsOf(target: LiveTarget): LiveTargetKind[] {
  return (Object.keys(WORD) as LiveTargetKind[]).filter((kind) => target[kind] !== undefined);
}

/** Returns the description of a disruption that was requested without one. */
export function descriptionOf({ type, severity }: DisruptionRequest): string {
  const percent = Math.round(severity * 100);
  const what: Record<LiveType, string> = {
    dc_outage: `${percent} % of the capacity is lost`,
    inventory_shortage: `${percent} % of the products can't be had`,
    truck_breakdown: `${percent} % of the trucks stand still`,
    weather_delay: `trucks lose ${percent} % of their speed`,
    supplier_delay: `suppliers lose ${percent} % of their speed`,
  };
  return what[type];
}
