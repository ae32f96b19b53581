/** Generating history for a command: what `sim run` and `sim quickstart` have in common. */
import { availableParallelism } from 'node:os';
import { inspect } from 'node:util';
import { InputError, OutputError } from '../domain/errors.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import { estimateRun } from '../run/estimate.ts';
import { formatBytes } from '../run/figures.ts';
import { freeBytes, LARGE_RUN_BYTES, requireRoom } from '../run/guard.ts';
import { type HistoryResult, RunFailure, runHistory } from '../run/history.ts';
import { takeLock } from '../run/lock.ts';
import { readManifest } from '../run/manifest.ts';
import { openWorld } from '../run/open-world.ts';
import { requireUndivided, type Shard, shardOf, shardPaths, shareOf } from '../run/shard.ts';
import { commonManifest, type WorldPaths } from '../run/paths.ts';
import { progressJson, progressText } from '../run/progress.ts';
import { StatusLine } from '../run/status-line.ts';
import { encoderOf } from '../sinks/codecs.ts';
import { runWindow, type Window } from '../run/window.ts';
import { startOf } from '../world/config.ts';
import { requireIdsFor } from '../world/limits.ts';
import type { WindowFlags, WorldFlags } from './arguments.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { watchInterrupts } from './interrupt.ts';
import type { WorldSettings } from '../run/world-settings.ts';
import { type Compression, withCompression } from './settings.ts';
import { listing, messagesOf } from './terminal.ts';
import { continuation } from './suggest.ts';

export interface GenerateFlags extends WorldFlags, WindowFlags {
  readonly workers?: number;
  readonly shard?: Shard;
  readonly compress?: Compression;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export interface Generated extends HistoryResult {
  readonly window: Window;
  readonly seconds: number;
}

/**
 * Generates the window that the flags ask for; an empty window only brings the files in order.
 * Throws InputError before anything is written, CommandFailure after.
 */
export async function generate(
  flags: GenerateFlags,
  settings: WorldSettings,
  paths: WorldPaths,
  context: Context,
): Promise<Generated> {
  const own = flags.shard === undefined ? paths : shardPaths(paths, flags.shard);
  requireUndivided(paths, flags.shard);
  const release = takeLock(own.lock);
  try {
    return await generateLocked(flags, settings, own, context);
  } finally {
    release();
  }
}

async function generateLocked(
  flags: GenerateFlags,
  given: WorldSettings,
  paths: WorldPaths,
  { terminal, makeWorld }: Context,
): Promise<Generated> {
  const { shard } = flags;
  const request = { fromMs: flags.from, toMs: flags.to, days: flags.days };
  const there = readManifest(paths.manifest) ?? (shard && readManifest(commonManifest(paths)));
  const settings = withCompression(given, flags.compress, there);
  // A codec that is missing must show before anything is written.
  if (settings.compress !== undefined) await encoderOf(settings.compress);
  const window = runWindow(request, startOf(settings.config), there, terminal.nowMs());
  const empty = window.toMs <= window.fromMs;
  requireIdsFor(settings.config.volume, (window.toMs - window.startMs) / DAY_MS);
  const whole = makeWorld(settings, window.startMs, paths);
  const world = shard === undefined ? whole : shardOf(whole, shard);
  if (!empty) {
    const days = (window.toMs - window.fromMs) / DAY_MS;
    const share = shard && shareOf(whole, world.regionIds);
    const { bytes } = estimateRun(settings.config, days, {
      shard,
      share,
      compress: settings.compress,
    });
    await approveSize(bytes, paths, flags.yes === true, terminal);
  }
  const manifest = openWorld(paths, world);
  if (empty) {
    return {
      window,
      seconds: 0,
      committedMs: window.fromMs,
      rows: 0,
      bytes: 0,
      interrupted: false,
    };
  }
  for (const sentence of world.warnings()) terminal.say(`note: ${sentence}\n`);
  const line = new StatusLine(flags.json ? listing(terminal.out) : messagesOf(terminal));
  const textOf = flags.json ? progressJson : progressText;
  const interrupts = watchInterrupts(() => {
    line.clear();
    terminal.say('Stopping at the next consistent instant; press Ctrl-C again to stop at once.\n');
  });
  const startedMs = performance.now();
  try {
    const result = await runHistory({
      paths,
      world,
      manifest,
      toMs: window.toMs,
      workers: flags.workers ?? settings.config.performance.max_workers ?? availableParallelism(),
      interrupted: interrupts.requested,
      onProgress: (progress) => line.show((seconds) => textOf(progress, seconds)),
    });
    return { ...result, window, seconds: (performance.now() - startedMs) / 1000 };
  } catch (error) {
    if (!(error instanceof RunFailure)) throw error;
    throw new CommandFailure(failureText(error, flags, paths), { cause: error });
  } finally {
    line.clear();
    interrupts.stop();
  }
}

function failureText(error: RunFailure, flags: GenerateFlags, paths: WorldPaths): string {
  const { cause, committedMs, toMs } = error;
  // An OutputError (disk full, no permission) explains itself; anything else needs its origin.
  const origin = cause instanceof OutputError ? '' : `\n${inspect(cause)}`;
  return (
    `${error.message}${origin}\n` +
    `The world in "${paths.root}" is whole up to ${formatInstant(committedMs)}. ` +
    `Once the cause is mended, go on with:\n  ${continuation(flags, toMs)}`
  );
}

async function approveSize(
  bytes: number,
  paths: WorldPaths,
  yes: boolean,
  terminal: Context['terminal'],
): Promise<void> {
  requireRoom(paths.facts, bytes, freeBytes(paths.facts));
  if (bytes <= LARGE_RUN_BYTES || yes) return;
  const question = `This run will write about ${formatBytes(bytes)} to "${paths.root}". Go on?`;
  const answer = await terminal.confirm(question);
  if (answer === true) return;
  throw new InputError(
    `Nothing was written: this run would write about ${formatBytes(bytes)}. ` +
      (answer === false ? 'You said no.' : 'Add --yes to allow it, or choose a shorter window.'),
  );
}
