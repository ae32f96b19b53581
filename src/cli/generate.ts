/** Generates history for a command: shared by `sim run` and `sim quickstart`. */
import { inspect } from 'node:util';
import { InputError, OutputError } from '../domain/errors.ts';
import type { Format } from '../domain/formats.ts';
import { formatInstant } from '../engine/time.ts';
import { formatBytes } from '../domain/format.ts';
import { type Generated, generateHistory } from '../run/generation.ts';
import { LARGE_RUN_BYTES } from '../run/guard.ts';
import { RunFailure } from '../run/run-failure.ts';
import type { WorldPaths } from '../store/paths.ts';
import { progressJson, progressText } from '../run/progress.ts';
import type { Shard } from '../store/shard.ts';
import { isSystemError } from '../tables/output-fault.ts';
import { StatusLine } from '../run/status-line.ts';
import type { Compression, WorldSettings } from '../store/world-settings.ts';
import type { WindowFlags, WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { type InterruptWatch, watchInterrupts } from './interrupt.ts';
import { continuation } from './suggest.ts';
import { listing, messagesOf } from './terminal.ts';

export interface GenerateFlags extends WorldFlags, WindowFlags {
  readonly workers?: number;
  readonly shard?: Shard;
  readonly beside?: string;
  readonly compress?: Compression;
  readonly format?: readonly Format[];
  readonly disruptions?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * Generates the window that the flags ask for; an empty window only repairs the files.
 * Throws InputError before anything is written, CommandFailure after.
 */
export async function generate(
  flags: GenerateFlags,
  settings: WorldSettings,
  paths: WorldPaths,
  { terminal, makeWorld }: Context,
): Promise<Generated> {
  const textOf = flags.json ? progressJson : progressText;
  let line: StatusLine | undefined;
  let interrupts: InterruptWatch | undefined;
  try {
    return await generateHistory({
      settings,
      paths,
      makeWorld: await makeWorld(),
      window: { fromMs: flags.from, toMs: flags.to, days: flags.days },
      workers: flags.workers,
      shard: flags.shard,
      beside: flags.beside,
      compress: flags.compress,
      formats: flags.format,
      disruptions: flags.disruptions,
      nowMs: terminal.nowMs,
      approve: (bytes) => approveSize(bytes, paths, flags.yes === true, terminal),
      onNote: (sentence) => terminal.say(`note: ${sentence}\n`),
      onBegin: () => {
        line = new StatusLine(flags.json ? listing(terminal.out) : messagesOf(terminal));
        interrupts = watchInterrupts(() => {
          line?.clear();
          terminal.say(
            'Stopping at the next consistent instant; press Ctrl-C again to stop at once.\n',
          );
        });
      },
      onProgress: (progress) => line?.show((seconds) => textOf(progress, seconds)),
      interrupted: () => interrupts?.requested() === true,
    });
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    throw new CommandFailure(failureText(error, flags, paths), { cause: error });
  } finally {
    line?.clear();
    interrupts?.stop();
  }
}

function failureText(error: RunFailure, flags: GenerateFlags, paths: WorldPaths): string {
  const { cause, committedMs, toMs } = error;
  // An OutputError (disk full, no permission) is clear by itself; other errors need their stack.
  const isTold = cause instanceof OutputError || isSystemError(cause);
  const origin = isTold ? '' : `\n${inspect(cause)}`;
  return (
    `${error.message}${origin}\n` +
    `The world in "${paths.root}" is complete up to ${formatInstant(committedMs)}. ` +
    `Once the cause is fixed, continue with:\n  ${continuation(flags, toMs)}`
  );
}

async function approveSize(
  bytes: number,
  { root }: WorldPaths,
  yes: boolean,
  terminal: Context['terminal'],
): Promise<void> {
  if (bytes <= LARGE_RUN_BYTES || yes) return;
  const question = `This run will write about ${formatBytes(bytes)} to "${root}". Continue?`;
  const answer = await terminal.confirm(question);
  if (answer === true) return;
  throw new InputError(
    `Nothing was written: this run would write about ${formatBytes(bytes)}. ` +
      (answer === false ? 'You said no.' : 'Add --yes to allow it, or choose a shorter window.'),
  );
}
