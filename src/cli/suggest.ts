/** Commands that a message suggests, in the form in which the user would type them here. */
import path from 'node:path';
import { IS_BUILT } from '../domain/own-files.ts';
import { shellWord } from '../domain/shell-word.ts';
import { formatInstant } from '../engine/time.ts';
import type { Shard } from '../store/shard.ts';
import type { WorldFlags } from './arguments.ts';

/** How this program was started: through npm or npx, through Deno, or as an installed command. */
export function launcher(): string {
  if ('deno' in process.versions) {
    return IS_BUILT ? 'deno run -A npm:synthetic-retail' : 'deno task sim';
  }
  if (IS_BUILT && process.env.npm_command === 'exec') return 'npx synthetic-retail';
  const script = path.basename(process.argv[1] ?? '');
  return script === 'sim' || script === 'sim.mjs' ? 'sim' : 'npm run sim --';
}

/** Returns the run that continues another one up to `toMs`: of the whole world, or of the same shard. */
export function continuation(flags: WorldFlags & { shard?: Shard }, toMs: number): string {
  const { shard } = flags;
  const share = shard === undefined ? '' : ` --shard ${shard.index}/${shard.count}`;
  return `${launcher()} run --mode history${worldArguments(flags)} --to ${shortInstant(toMs)}${share}`;
}

/** Returns flags that select the same world again. */
export function worldArguments(flags: WorldFlags): string {
  const parts: string[] = [];
  if (flags.out !== undefined) parts.push('--out', shellWord(flags.out));
  if (flags.config !== undefined) parts.push('--config', shellWord(flags.config));
  if (flags.preset !== undefined) parts.push('--preset', flags.preset);
  if (flags.seed !== undefined) parts.push('--seed', String(flags.seed));
  for (const scenario of flags.scenario ?? []) parts.push('--scenario', shellWord(scenario));
  return parts.map((part) => ` ${part}`).join('') + extensionArguments(flags);
}

/** Returns the flags that load the same extensions again. */
export function extensionArguments({ extension = [] }: WorldFlags): string {
  return extension.map((file) => ` --extension ${shellWord(file)}`).join('');
}

/** Formats an instant for a command line: only the day if that is sufficient. */
export function shortInstant(ms: number): string {
  return formatInstant(ms).replace('T00:00:00.000Z', '').replace('.000Z', 'Z');
}
