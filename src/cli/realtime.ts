/** `sim run --mode realtime`: streams the world from where its history ended. */
import { InputError } from '../domain/errors.ts';
import { DAY_MS, formatInstant, SECOND_MS } from '../engine/time.ts';
import { prepareHistory } from '../stream/catch-up.ts';
import { formatCount } from '../domain/format.ts';
import { RunningStream } from '../stream/running-stream.ts';
import { paceAsked } from '../stream/pace-asked.ts';
import type { WorldPaths } from '../store/paths.ts';
import { configuredCap } from '../stream/publisher-settings.ts';
import { StatusLine } from '../run/status-line.ts';
import { rebuildStream } from '../stream/stream-rebuild.ts';
import { streamedTo } from '../stream/stream-standing.ts';
import { requireTarget } from '../stream/stream-target.ts';
import type { WorldSettings } from '../store/world-settings.ts';
import type { Ledger } from '../delivery/ledger.ts';
import { patiently, type PatienceOptions } from './await-target.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failure.ts';
import { type GenerateFlags, generate } from './generate.ts';
import { INTERRUPTED, watchInterrupts } from './interrupt.ts';
import type { RealtimeFlags } from './realtime-flags.ts';
import { ledgerJson, statusJson, statusText } from './stream-report.ts';
import { continuation, launcher } from './suggest.ts';
import { listing, messagesOf } from './terminal.ts';

type Flags = GenerateFlags & RealtimeFlags;

/** Streams until the end given by the flags, or until interrupted. */
export async function realtime(
  flags: Flags,
  settings: WorldSettings,
  paths: WorldPaths,
  context: Context,
): Promise<void> {
  const { terminal } = context;
  const makeWorld = await context.makeWorld();
  const { speed, rate: perSecond, catchUp } = flags;
  // Refused before hours of history are generated.
  paceAsked({ speed, perSecond, catchUp }, configuredCap(settings.config.realtime));
  // Both the state that a stream left and its target must be usable before hours of history are caught up.
  const reachedOf = flags.rebuildJournal === true ? rebuildStream : streamedTo;
  const reachedMs = await reachedOf({
    settings,
    paths,
    makeWorld,
    compress: flags.compress,
    formats: flags.format,
  });
  const line = new StatusLine(
    flags.json ? listing(terminal.out) : messagesOf(terminal),
    settings.config.realtime.monitoring_interval * SECOND_MS,
  );
  const textOf = flags.json ? statusJson : statusText;
  const note = (sentence: string) => {
    line.clear();
    terminal.say(`note: ${sentence}\n`);
  };
  const patience = (mostMs: number | undefined): PatienceOptions => ({
    failFast: flags.failFast,
    mostMs,
    note,
    onWaiting: (reason) =>
      flags.json && terminal.out(`${JSON.stringify({ type: 'waiting', reason })}\n`),
  });
  const stopped = () => {
    terminal.say('Stopped before the event hub was available; nothing was streamed.\n');
    context.exit(INTERRUPTED);
  };
  const there = await patiently(patience(flags.duration), (wait) =>
    requireTarget(flags.sink, settings.config, wait),
  );
  if (there === undefined || there.interrupted) return stopped();
  const durationMs = flags.duration && Math.max(0, flags.duration - there.waitedMs);
  await makeHistory(flags, settings, paths, context, flags.alsoCsv ? reachedMs : undefined);
  const started = await patiently(patience(durationMs), (wait) =>
    RunningStream.start({
      settings,
      paths,
      makeWorld,
      sink: flags.sink,
      speed: flags.speed,
      perSecond: flags.rate,
      catchUp: flags.catchUp,
      alsoCsv: flags.alsoCsv,
      rebuildJournal: flags.rebuildJournal,
      types: flags.events,
      compress: flags.compress,
      formats: flags.format,
      toMs: flags.to,
      durationMs,
      wait,
      nowMs: terminal.nowMs,
      onNote: note,
      onResumed: (fromMs, target) => {
        line.clear();
        terminal.say(streamingText(fromMs, target));
      },
      onStatus: (status) => line.show(() => textOf(status)),
    }),
  );
  if (started === undefined) return stopped();
  const { result: stream } = started;
  const { resumesToMs } = stream.status();
  if (resumesToMs === null) terminal.say(streamingText(stream.fromMs, stream.target));
  else {
    terminal.say(
      `Sending to ${stream.target} what earlier runs may have left pending, from ` +
        `${formatInstant(stream.fromMs)} to ${formatInstant(resumesToMs)}.\n`,
    );
  }
  if (stream.hubPort !== undefined) {
    terminal.say(
      `Watch it from another terminal:\n  ${launcher()} tail --port ${stream.hubPort}\n`,
    );
  }
  const interrupts = watchInterrupts(() => {
    line.clear();
    terminal.say(
      'Stopping when all that was generated is delivered; press Ctrl-C again to stop at once.\n',
    );
    void stream.stop();
  });
  if (started.interrupted) void stream.stop();
  try {
    const { simulatedMs, settled } = await stream.ended;
    line.clear();
    terminal.say(
      settled
        ? `Streamed to ${formatInstant(simulatedMs)}; everything is delivered.\n`
        : 'Stopped with events pending: the next run sends them, with the same ids.\n',
    );
  } finally {
    line.clear();
    interrupts.stop();
    if (flags.json) terminal.out(`${ledgerJson(stream.ledger)}\n`);
    else terminal.say(totalText(stream.ledger));
  }
  if (interrupts.requested() || started.interrupted) context.exit(INTERRUPTED);
}

function streamingText(fromMs: number, target: string): string {
  return `Streaming to ${target}, from ${formatInstant(fromMs)}.\n`;
}

/** Generates the history that is required, up to now if the flags ask for it. */
async function makeHistory(
  flags: Flags,
  settings: WorldSettings,
  paths: WorldPaths,
  context: Context,
  filesToMs: number | undefined,
): Promise<void> {
  const { terminal } = context;
  const isReady = await prepareHistory({
    paths,
    catchUp: flags.catchUp,
    filesToMs,
    fromMs: flags.from,
    nowMs: terminal.nowMs,
    approve: (fromMs) => (flags.yes === true ? undefined : askForHistory(flags, fromMs, terminal)),
    generate: ({ fromMs, toMs }) =>
      generate({ ...flags, from: fromMs, to: toMs, days: undefined }, settings, paths, context),
    onNote: (sentence) => terminal.say(`${sentence}\n`),
  });
  if (isReady) return;
  throw new CommandFailure('Stopped while catching up; nothing was streamed.');
}

async function askForHistory(
  flags: Flags,
  fromMs: number,
  terminal: Context['terminal'],
): Promise<void> {
  const question = `There is no history to continue. Generate one, from ${formatInstant(fromMs)} to now?`;
  const answer = await terminal.confirm(question);
  if (answer === true) return;
  throw new InputError(
    'Nothing was streamed: there is no history to continue. Add --yes to generate a short one, or generate ' +
      `your own first:\n  ${continuation(flags, Math.floor(terminal.nowMs() / DAY_MS) * DAY_MS)}`,
  );
}

function totalText(ledger: Ledger): string {
  const { generated, acknowledged, deadLettered, inFlight, retried, possiblyRepeated } =
    ledger.total();
  return (
    `Ledger: ${formatCount(generated)} generated, ${formatCount(acknowledged)} acknowledged, ` +
    `${formatCount(deadLettered)} dead letters, ${formatCount(inFlight)} in flight, ` +
    `${formatCount(retried)} retried, ${formatCount(possiblyRepeated)} possibly repeated.\n`
  );
}
