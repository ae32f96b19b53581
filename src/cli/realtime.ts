/** `sim run --mode realtime`: streams the world from where its history stopped. */
import { InputError } from '../domain/errors.ts';
import { Pacer } from '../engine/pacer.ts';
import { DAY_MS, formatInstant } from '../engine/time.ts';
import { formatCount, formatDuration } from '../run/figures.ts';
import { requireSameWorld } from '../run/identity.ts';
import { takeLock } from '../run/lock.ts';
import { type Manifest, readManifest } from '../run/manifest.ts';
import { openWorld } from '../run/open-world.ts';
import { type OpenStream, openStream } from '../run/open-stream.ts';
import type { WorldPaths } from '../run/paths.ts';
import { RealtimeRun } from '../run/realtime.ts';
import type { HistoryWorld } from '../run/region-run.ts';
import { StatusLine } from '../run/status-line.ts';
import { type StreamTarget, streamTarget } from '../run/stream-target.ts';
import { streamPaths } from '../run/stream-world.ts';
import type { WorldSettings } from '../run/world-settings.ts';
import type { Journal } from '../sinks/stream/journal.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { type GenerateFlags, generate } from './generate.ts';
import { INTERRUPTED, watchInterrupts } from './interrupt.ts';
import type { RealtimeFlags } from './realtime-flags.ts';
import { ledgerJson, statusText } from './stream-report.ts';
import { withCompression } from './settings.ts';
import { continuation, launcher } from './suggest.ts';
import { listing, messagesOf } from './terminal.ts';

type Flags = GenerateFlags & RealtimeFlags;

/** History that a fresh world gets before it is streamed. */
const SHORT_HISTORY_DAYS = 2;
/** A stream this close to now needs no more catching up. */
const NEAR_MS = 2_000;
const MOST_CATCH_UPS = 5;
/** What a busy receiver may make the stream late before time is given up. */
const PATIENCE_MS = 5_000;
/** How long the end of a stream waits for what is under way. */
const END_PATIENCE_MS = 10_000;

/** Streams until the end that the flags name, or until interrupted. */
export async function realtime(
  flags: Flags,
  settings: WorldSettings,
  paths: WorldPaths,
  context: Context,
): Promise<void> {
  const { terminal } = context;
  await prepareHistory(flags, settings, paths, context);
  const release = takeLock(paths.lock);
  let target: StreamTarget | undefined;
  try {
    const there = readManifest(paths.manifest)!;
    const here = withCompression(settings, flags.compress, there);
    const world = context.makeWorld(here, there.startMs, paths);
    const manifest = openWorld(paths, world);
    const base = streamBase(flags, paths, world, manifest);
    target = await streamTarget(flags.sink ?? 'event-hubs', settings.config, paths);
    const opened = await openStream({
      config: settings.config,
      paths,
      sink: target.sink,
      base: String(base.committedMs),
      onBreaker: (state) => terminal.say(`note: the circuit breaker is ${state}\n`),
    });
    terminal.say(`Streaming to ${target.about}, from ${formatInstant(base.committedMs)}.\n`);
    if (target.hub !== undefined) {
      terminal.say(
        `Watch it from another terminal:\n  ${launcher()} tail --port ${target.hub.port}\n`,
      );
    }
    await stream({ flags, paths, world, base, opened, context });
  } finally {
    await target?.sink.close();
    await target?.hub?.close();
    release();
  }
}

/** Makes the history that there has to be, up to now where the flags ask for it. */
async function prepareHistory(
  flags: Flags,
  settings: WorldSettings,
  paths: WorldPaths,
  context: Context,
): Promise<void> {
  const { terminal } = context;
  const there = readManifest(paths.manifest);
  const today = Math.floor(terminal.nowMs() / DAY_MS) * DAY_MS;
  if (there === undefined || there.committedMs <= there.startMs) {
    const fromMs = flags.from ?? today - SHORT_HISTORY_DAYS * DAY_MS;
    if (flags.yes !== true) await askForHistory(flags, fromMs, terminal);
    const toMs = Math.max(fromMs + 1, terminal.nowMs());
    await generate({ ...flags, from: fromMs, to: toMs, days: undefined }, settings, paths, context);
    return;
  }
  if ((flags.catchUp ?? 'csv') !== 'csv') return;
  for (let round = 0; round < MOST_CATCH_UPS; round++) {
    const gapMs = terminal.nowMs() - readManifest(paths.manifest)!.committedMs;
    if (gapMs < NEAR_MS) return;
    const to = terminal.nowMs();
    terminal.say(
      `Catching up ${formatDuration(gapMs / 1000)} of history, to ${formatInstant(to)}.\n`,
    );
    const { interrupted } = await generate(
      { ...flags, from: undefined, to, days: undefined },
      settings,
      paths,
      context,
    );
    if (interrupted) throw new CommandFailure('Stopped while catching up; nothing was streamed.');
  }
}

async function askForHistory(flags: Flags, fromMs: number, terminal: Context['terminal']) {
  const question = `There is no history to stream on from. Make one, from ${formatInstant(fromMs)} to now?`;
  const answer = await terminal.confirm(question);
  if (answer === true) return;
  throw new InputError(
    'Nothing was streamed: there is no history to go on from. Add --yes to make a short one, or make ' +
      `your own first:\n  ${continuation(flags, Math.floor(terminal.nowMs() / DAY_MS) * DAY_MS)}`,
  );
}

/** A checkpoint, and the folder that it lies in. */
interface StreamBase extends Manifest {
  readonly folder: string;
}

/** The checkpoint to go on from: the stream's own if it is ahead of the history. */
function streamBase(
  { alsoCsv }: Flags,
  paths: WorldPaths,
  world: HistoryWorld,
  history: Manifest,
): StreamBase {
  const own = readManifest(streamPaths(paths).manifest);
  if (own === undefined || own.committedMs <= history.committedMs)
    return { ...history, folder: paths.checkpoint };
  requireSameWorld(own, world.identity, paths.stream);
  if (alsoCsv !== true) return { ...own, folder: paths.stream };
  throw new InputError(
    `Cannot stream with --also-csv: the stream has reached ${formatInstant(own.committedMs)}, the CSV ` +
      `files only ${formatInstant(history.committedMs)}. Bring them up first:\n` +
      `  ${launcher()} run --mode history --out ${paths.root} --to ${formatInstant(own.committedMs)}`,
  );
}

interface StreamParts {
  readonly flags: Flags;
  readonly paths: WorldPaths;
  readonly world: HistoryWorld;
  readonly base: StreamBase;
  readonly opened: OpenStream;
  readonly context: Context;
}

async function stream(parts: StreamParts): Promise<void> {
  const { flags, paths, world, base, opened, context } = parts;
  const { publisher, journal } = opened;
  const { terminal } = context;
  const { folder, ...manifest } = base;
  const wallMs = () => performance.now();
  const pacer = new Pacer({
    simulatedMs: originOf(flags, base, terminal),
    speed: flags.speed ?? 1,
    wallMs,
    patienceMs: flags.catchUp === 'stream' ? Infinity : PATIENCE_MS,
  });
  const startedMs = wallMs();
  const interrupts = watchInterrupts(() => {
    terminal.say(
      'Stopping when all that was generated is delivered; press Ctrl-C again to stop at once.\n',
    );
    setTimeout(() => void publisher.close(), END_PATIENCE_MS).unref();
  });
  const line = new StatusLine(flags.json ? listing(terminal.out) : messagesOf(terminal));
  const alsoCsv = flags.alsoCsv === true;
  const run = new RealtimeRun({
    paths: alsoCsv ? paths : streamPaths(paths),
    world,
    manifest,
    folder,
    pacer,
    publisher,
    journal,
    stream: { alsoCsv, types: flags.events, ingestMs: () => terminal.nowMs() },
    toMs: flags.to,
    wallMs,
    interrupted: () =>
      interrupts.requested() ||
      wallMs() - startedMs >= (flags.duration ?? Number.POSITIVE_INFINITY),
    onStep: (simulatedMs) =>
      line.show((seconds) =>
        statusText({ simulatedMs, seconds, pacer, publisher, json: flags.json }),
      ),
  });
  try {
    const { simulatedMs } = await run.run();
    line.clear();
    terminal.say(`Streamed to ${formatInstant(simulatedMs)}; everything is delivered.\n`);
  } catch (error) {
    line.clear();
    if (!interrupts.requested()) throw error;
    terminal.say(
      'Stopped with events not delivered yet: the next run sends them, with the same ids.\n',
    );
  } finally {
    interrupts.stop();
    await opened.close();
    if (flags.json) terminal.out(`${ledgerJson(journal.ledger)}\n`);
    else terminal.say(totalText(journal));
  }
  if (interrupts.requested()) context.exit(INTERRUPTED);
}

/** Simulated time that belongs to this moment. */
function originOf(flags: Flags, base: Manifest, terminal: Context['terminal']): number {
  const nowMs = terminal.nowMs();
  const gapMs = nowMs - base.committedMs;
  if (flags.catchUp !== 'none' && gapMs > 0) return nowMs;
  const shift = formatDuration(Math.abs(gapMs) / 1000);
  terminal.say(
    `note: the world's clock stands at ${formatInstant(base.committedMs)} and goes on from there, ` +
      `${shift} ${gapMs > 0 ? 'behind' : 'ahead of'} this machine's; ingest_timestamp has the machine's.\n`,
  );
  return base.committedMs;
}

function totalText({ ledger }: Journal): string {
  const { generated, acknowledged, deadLettered, inFlight, retried, possiblyRepeated } =
    ledger.total();
  return (
    `Ledger: ${formatCount(generated)} generated, ${formatCount(acknowledged)} acknowledged, ` +
    `${formatCount(deadLettered)} dead letters, ${formatCount(inFlight)} in flight, ` +
    `${formatCount(retried)} retried, ${formatCount(possiblyRepeated)} possibly repeated.\n`
  );
}
