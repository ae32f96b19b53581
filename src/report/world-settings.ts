/** What a world's manifest says of its settings: some targets are settings. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { TargetEntry } from './targets.ts';

const MANIFEST = z.object({
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Returns the targets with the world's own settings in place of defaults. A copy of the tables alone has none. */
export function withSettings(targets: readonly TargetEntry[], folder: string): TargetEntry[] {
  const file = path.join(folder, 'checkpoint', 'manifest.json');
  const config = existsSync(file)
    ? MANIFEST.parse(JSON.parse(readFileSync(file, 'utf8'))).config
    : {};
  return targets.map((entry) => {
    const { target } = entry;
    if (!('setting' in target)) return entry;
    const own = config[`volume.${target.setting}`];
    return {
      ...entry,
      target: { ...target, default: typeof own === 'number' ? own : target.default },
    };
  });
}
