/** Accepts requests: gives them their instants, writes them to the journal, and passes them to the world. */
import {
  formatLiveId,
  type LiveCommand,
  type LiveDisruption,
} from '../../domain/live-disruption.ts';
import type { LiveBook } from '../../entities/live-book.ts';
import type { LiveCommands } from '../live-hook.ts';
import { type Frontier, readReached } from '../../delivery/frontier.ts';
import { readManifest } from '../../store/manifest.ts';
import type { WorldPaths } from '../../store/paths.ts';
import { streamPaths } from '../../store/paths.ts';
import { type LiveRequest, removeRequest, waitingRequests } from './inbox.ts';
import { appendToJournal, type JournalEntry, readDisruptionJournal } from './journal.ts';
import { descriptionOf, formatTarget } from './request.ts';
import { standingOf } from './standing.ts';

/** Wall time between checks of the inbox. */
const LOOK_EVERY_MS = 200;

/** Called with a sentence about a request that was accepted or put aside. */
export type OnTaken = (sentence: string) => void;

/**
 * Returns the present instant of a world that no process runs, epoch ms: the later one of the ends of its history
 * and its stream, including events that a killed stream may have sent.
 */
export function presentMs(paths: WorldPaths): number {
  return Math.max(
    readManifest(paths.manifest)?.committedMs ?? Number.NEGATIVE_INFINITY,
    readManifest(streamPaths(paths).manifest)?.committedMs ?? Number.NEGATIVE_INFINITY,
    readReached(paths.frontier) ?? Number.NEGATIVE_INFINITY,
  );
}

/**
 * Accepts all waiting requests, to take effect at the present instant, or at that of the last command if later.
 * The caller must have the world's lock.
 */
export function takeWaiting(
  paths: WorldPaths,
  present: () => number,
  onTaken: OnTaken = () => {},
): LiveCommand[] {
  const waiting = waitingRequests(paths.inbox, (file, reason) =>
    onTaken(`"${file}" is not a request and was put aside: ${reason}`),
  );
  // Without requests the present instant is not needed.
  if (waiting.length === 0) return [];
  const atMs = present();
  const { entries, wholeBytes } = readDisruptionJournal(paths.liveJournal);
  const known = new Set(entries.map(({ key }) => key));
  const all = [...entries];
  for (const { key, request } of waiting) {
    if (known.has(key)) continue;
    const lastMs = all.at(-1)?.command.atMs ?? atMs;
    all.push({ key, command: commandOf(request, Math.max(atMs, lastMs), all) });
  }
  const fresh = all.slice(entries.length);
  if (fresh.length > 0) appendToJournal(paths.liveJournal, wholeBytes, fresh);
  for (const { key } of waiting) removeRequest(paths.inbox, key);
  const commands = fresh.map(({ command }) => command);
  for (const command of commands) onTaken(sentenceOf(command));
  return commands;
}

function commandOf(
  request: LiveRequest,
  atMs: number,
  before: readonly JournalEntry[],
): LiveCommand {
  const commands = before.map(({ command }) => command);
  if (request.command === 'cancel') return { kind: 'cancel', atMs, numbers: [request.number] };
  if (request.command === 'clear') {
    const open = standingOf(commands, atMs).filter(
      ({ state }) => state === 'planned' || state === 'active',
    );
    return { kind: 'cancel', atMs, numbers: open.map(({ number }) => number) };
  }
  const { type, target, severity, durationMs, startsInMs, description } = request.disruption;
  const startMs = atMs + startsInMs;
  const disruption: LiveDisruption = {
    number: commands.filter(({ kind }) => kind === 'create').length + 1,
    type,
    target,
    severityPercent: Math.round(severity * 100),
    description: description ?? descriptionOf(request.disruption),
    startMs,
    endMs: startMs + durationMs,
  };
  return { kind: 'create', atMs, disruption };
}

function sentenceOf(command: LiveCommand): string {
  if (command.kind === 'cancel') {
    return `Disruptions cancelled: ${command.numbers.map(formatLiveId).join(', ') || 'none was left'}.`;
  }
  const { number, type, target, description } = command.disruption;
  return `Disruption ${formatLiveId(number)}: ${type} of ${formatTarget(target)}, ${description}.`;
}

/** The desk of a world that is being streamed. */
export class DisruptionDesk implements LiveCommands {
  private readonly paths: WorldPaths;
  private readonly book: LiveBook;
  private readonly frontier: Frontier;
  private readonly wallMs: () => number;
  private readonly onTaken: OnTaken | undefined;
  /** Simulated time up to which a killed stream may have sent events: no command takes effect before it. */
  private readonly sentMs: number;
  private lookedMs = Number.NEGATIVE_INFINITY;

  constructor(
    paths: WorldPaths,
    book: LiveBook,
    frontier: Frontier,
    wallMs: () => number,
    onTaken?: OnTaken,
  ) {
    this.paths = paths;
    this.book = book;
    this.frontier = frontier;
    this.wallMs = wallMs;
    this.onTaken = onTaken;
    this.sentMs = frontier.reachedMs;
  }

  take(simulatedMs: number): void {
    const nowMs = this.wallMs();
    if (nowMs - this.lookedMs < LOOK_EVERY_MS) return;
    this.lookedMs = nowMs;
    const present = () => Math.max(simulatedMs, this.sentMs);
    for (const command of takeWaiting(this.paths, present, this.onTaken)) this.book.add(command);
  }

  reaching(endMs: number): void {
    this.frontier.reaching(Math.max(endMs, this.sentMs));
  }

  settled(committedMs: number): void {
    this.frontier.settled(Math.max(committedMs, this.sentMs));
  }
}
