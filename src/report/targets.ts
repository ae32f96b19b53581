/** The targets of realism: what published data say real retail looks like, each with its source and tolerance. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { OWN_REPORT } from '../domain/own-files.ts';

/** Levels of the quantiles of a distribution's target. */
export const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

const range = z.strictObject({ from: z.number(), to: z.number() });
const item = z.union([z.number(), z.tuple([z.number(), z.number()])]);

/** What a statistic should be: a number, a range, named numbers, or a distribution by its quantiles. */
const target = z.union([
  z.strictObject({ value: z.number() }),
  /** A setting of the world's config, or its default where the world does not tell. */
  z.strictObject({ setting: z.string(), default: z.number() }),
  range,
  z.strictObject({
    items: z.record(z.string(), item),
    /** Whether a world may lack some of them. */
    some: z.boolean().optional(),
  }),
  z.strictObject({
    quantiles: z.array(z.number()).length(LEVELS.length),
    /** Factor from the source's unit to that of the world, such as prices of 2017. */
    scale: z.number().optional(),
    /** The source's mean; with `relative`, both distributions are divided by their means. */
    mean: z.number().optional(),
    relative: z.boolean().optional(),
  }),
]);

const tolerance = z.strictObject({
  /** Share of the target. */
  relative: z.number().optional(),
  absolute: z.number().optional(),
  /** Absolute, of single items. */
  items: z.record(z.string(), z.number()).optional(),
  /** Largest total variation between two sets of shares. */
  tv: z.number().optional(),
  /** Largest Kolmogorov-Smirnov distance between two distributions. */
  ks: z.number().optional(),
});

const entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  title: z.string(),
  /** File of folder statistics that measures it. */
  query: z.string().optional(),
  target,
  tolerance: tolerance.optional(),
  source: z.string(),
  /** Days that a world must cover. */
  days: z.int().optional(),
  /** Tables that it needs and that not every version has. */
  tables: z.array(z.string()).optional(),
  /** Why there may be no value, as a clause. */
  without: z.string().optional(),
  /** Why no world can be measured, as a clause. */
  unmeasurable: z.string().optional(),
});

export type Target = z.infer<typeof target>;
export type Tolerance = z.infer<typeof tolerance>;
export type TargetEntry = z.infer<typeof entry>;

/** All targets, in the order of the report. */
export function readTargets(): TargetEntry[] {
  const file = path.join(OWN_REPORT, 'targets.json');
  return z.array(entry).parse(JSON.parse(readFileSync(file, 'utf8')));
}
