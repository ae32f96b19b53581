/** Disruptions that come from outside while a world runs: what they are, and the commands about them. */
import type { DISRUPTION_TYPES } from './values.ts';

/** Those of DISRUPTION_TYPES that can be made from outside. */
export const REQUESTED_TYPES = [
  'dc_outage',
  'inventory_shortage',
  'truck_breakdown',
  'weather_delay',
  'supplier_delay',
] as const satisfies readonly (typeof DISRUPTION_TYPES)[number][];
export type RequestedType = (typeof REQUESTED_TYPES)[number];

/**
 * What a disruption is about: numbers by kind. A kind that is left out narrows nothing, so an empty
 * target is everything; places and things are those that fit all kinds given.
 */
export interface RequestedTarget {
  /** Distribution centers; each stands for its region. */
  readonly dcs?: readonly number[];
  readonly stores?: readonly number[];
  readonly trucks?: readonly number[];
  readonly suppliers?: readonly number[];
  readonly products?: readonly number[];
}
export type RequestedTargetKind = keyof RequestedTarget;

/** Kinds of targets of each type. */
export const TARGET_KINDS: Readonly<Record<RequestedType, readonly RequestedTargetKind[]>> = {
  dc_outage: ['dcs'],
  inventory_shortage: ['dcs', 'products'],
  truck_breakdown: ['dcs', 'trucks'],
  weather_delay: ['dcs', 'stores'],
  supplier_delay: ['dcs', 'suppliers'],
};

export interface RequestedDisruption {
  /** Number within the world, from 1. */
  readonly number: number;
  readonly type: RequestedType;
  readonly target: RequestedTarget;
  /** What is lost, percent: of capacity, products, trucks, speed on the road or suppliers' speed. */
  readonly severityPercent: number;
  readonly description: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A command with the simulated instant from which it holds. */
export type DisruptionCommand = {
  readonly atMs: number;
} & (
  | { readonly kind: 'create'; readonly disruption: RequestedDisruption }
  /** Ends disruptions, by number; those that are over already stay as they are. */
  | { readonly kind: 'cancel'; readonly numbers: readonly number[] }
);

/** `L3`: the id of a requested disruption, as people see it. */
export function formatRequestedId(number: number): string {
  return `L${number}`;
}

/** The number in an id such as `L3`; undefined if it is none. */
export function parseRequestedId(text: string): number | undefined {
  return /^L[1-9]\d{0,8}$/i.test(text) ? Number(text.slice(1)) : undefined;
}
