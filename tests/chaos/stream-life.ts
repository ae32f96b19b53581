/** A life of a stream: `sim run --mode realtime`, from its start to its end, however that comes. */
import { formatInstant, MINUTE_MS } from '../../src/engine/time.ts';
import { END_MS } from './grounds.ts';
import { type Deadline, happen, patience } from './happenings.ts';
import { checkTotals, type Totals, totalsOf } from './ledger.ts';
import type { Run } from './program.ts';
import type { ExpectedEvent } from './reference.ts';
import { readLetters } from './letters.ts';
import type { Happening, RealtimeStep } from './steps.ts';
import { passTampered, wasRefused } from './refusals.ts';
import { time, type Trial } from './trial.ts';
import { Violation } from './violation.ts';

/** The first new event of a small world is there after its start. */
const FIRST_EVENT_MS = 5_000;
/** A busy receiver, threads that start, a bundle that is read from a cold disk. */
const ALLOWANCE_MS = 2_000;
/** What a start and a short history take. */
const CATCHING_UP_MS = 5_000;
/** How fast events come at least where nothing paces them, per ms. */
const LEAST_RATE = 0.5;

/** What a hub of ours is slow to answer on a machine that has far too much to do. */
const UNHEARD = /Cannot reach event hub .*there was no answer within/;
const MOST_UNHEARD = 3;

/** Streams as a step says. @throws Violation */
export async function streamLife(trial: Trial, step: RealtimeStep, name: string): Promise<void> {
  const { claims } = trial;
  const standsMs = Math.max(claims.reachedMs, trial.historyMs);
  const latestMs = END_MS - MINUTE_MS;
  const nowMs = Math.min(standsMs + step.aheadMinutes * MINUTE_MS, latestMs);
  const beginsMs = step.catchUp === 'none' ? standsMs : Math.max(standsMs, nowMs);
  const toMs = Math.max(standsMs, Math.min(beginsMs + step.minutes * MINUTE_MS, END_MS));
  trial.configure(step.batch, step.buffer);
  const args = [
    ...['run', '--mode', 'realtime', '--config', 'config.json', '--out', 'world', '--json'],
    ...['--catch-up', step.catchUp, '--speed', String(step.speed), '--to', formatInstant(toMs)],
    ...['--workers', String(step.workers)],
    ...(step.alsoCsv ? ['--also-csv'] : []),
    ...(step.types === undefined ? [] : ['--events', step.types.join(',')]),
    ...(step.durationMs === undefined ? [] : ['--duration', `${step.durationMs / 1000}s`]),
  ];
  const life = new Life(trial, step, name, beginsMs);
  await life.run(args, step.happenings, nowMs);
}

/** The end of a seed: everything is delivered, whatever was left. */
export function lastLife(trial: Trial): Promise<void> {
  const step: RealtimeStep = {
    step: 'realtime',
    catchUp: 'none',
    alsoCsv: false,
    speed: 'max',
    aheadMinutes: 0,
    minutes: Infinity,
    workers: 1,
    batch: 256,
    buffer: 10_000,
    happenings: [],
  };
  return streamLife(trial, step, 'the last life');
}

/** Where a life says that it begins. */
interface Beginning {
  /** What earlier lives left pending, if it sends that first. */
  readonly pendingFromMs?: number;
  readonly pendingToMs?: number;
  /** From where it goes on; undefined if it did not come so far. */
  readonly fromMs?: number;
}

function beginningOf({ stderr }: Run): Beginning | undefined {
  const pending = /^Sending to .* left pending, from (\S+) to (\S+)\.$/m.exec(stderr);
  const begun = /^Streaming to .*, from (\S+)\.$/m.exec(stderr);
  if (pending === null && begun === null) return undefined;
  return {
    ...(pending && { pendingFromMs: Date.parse(pending[1]), pendingToMs: Date.parse(pending[2]) }),
    ...(begun && { fromMs: Date.parse(begun[1]) }),
  };
}

class Life {
  private readonly trial: Trial;
  private readonly step: RealtimeStep;
  private readonly name: string;
  private readonly beginsMs: number;
  private unheard = 0;

  constructor(trial: Trial, step: RealtimeStep, name: string, beginsMs: number) {
    this.trial = trial;
    this.step = step;
    this.name = name;
    this.beginsMs = beginsMs;
  }

  /** Runs it, again with what it asks for if it refuses what it finds. */
  async run(
    args: readonly string[],
    happenings: readonly Happening[],
    nowMs: number,
  ): Promise<void> {
    const { trial, step } = this;
    trial.setClock(nowMs);
    const uniqueBefore = trial.consumer.first.size;
    const disk = step.diskBytes === undefined ? undefined : { CHAOS_DISK: String(step.diskBytes) };
    const run = trial.start(args, disk);
    const code = await happen(trial, run, happenings, this.deadline());
    await trial.calm();
    const refusal = await wasRefused(trial, run, code, args, this.name);
    if (refusal?.instead !== undefined) return this.run(refusal.instead, happenings, nowMs);
    if (code === 1 && UNHEARD.test(run.stderr) && this.unheard++ < MOST_UNHEARD) {
      return this.run(args, happenings, nowMs);
    }
    await trial.follow();
    await readLetters(trial);
    const begun = beginningOf(run);
    if (begun !== undefined) {
      passTampered(trial, this.name);
      this.account(run, begun, uniqueBefore);
    }
    this.checkEnd(run, code, happenings);
  }

  /** When so many new events have to be there. */
  private deadline(): Deadline {
    const { trial, step, beginsMs } = this;
    const types = step.types && new Set(step.types);
    const { catchUp, speed } = step;
    // While the files catch up the clock goes on: what happens meanwhile is in them alone.
    const begunMs = catchUp === 'csv' ? beginsMs + patience(CATCHING_UP_MS) : beginsMs;
    const fromMs = catchUp === 'stream' ? trial.claims.reachedMs : begunMs;
    const known = trial.consumer.first;
    const fresh = trial.expected.stream.events.filter(
      ({ id, atMs, type }) => atMs >= fromMs && !known.has(id) && types?.has(type) !== false,
    );
    const inOrder = fresh.map(({ atMs }) => atMs).sort((a, b) => a - b);
    return (count) => {
      const dueMs = (inOrder[count - 1] ?? Infinity) - beginsMs;
      const pacedMs = speed === 'max' ? 0 : Math.max(0, dueMs) / speed;
      return pacedMs + patience(FIRST_EVENT_MS + ALLOWANCE_MS + count / LEAST_RATE);
    };
  }

  /** Takes note of what it has streamed, and checks what it said and did. */
  private account(run: Run, begun: Beginning, uniqueBefore: number): void {
    const { trial, name } = this;
    let simulatedMs = begun.pendingFromMs ?? begun.fromMs!;
    let last: Totals | undefined;
    for (const line of run.lines()) {
      if (line.type === 'progress') {
        simulatedMs = Math.max(simulatedMs, Date.parse(String(line.simulated)));
      }
      const totals = totalsOf(line.type === 'result' ? line.total : line);
      if (totals === undefined) continue;
      checkTotals(totals, `a status line of ${name}`);
      last = totals;
    }
    const settled = /^Streamed to (\S+); everything is delivered\.$/m.exec(run.stderr);
    if (settled !== null) simulatedMs = Math.max(simulatedMs, Date.parse(settled[1]));
    trial.checkArrived();
    this.claim(begun, simulatedMs, trial.arrivedSince(uniqueBefore));
    if (last !== undefined) trial.checkAcknowledged(last, `the end of ${name}`);
    if (settled !== null) trial.checkDelivered(last, `the end of ${name}`);
  }

  /** First what was pending, of the types that were asked for then; then on from there, or from further on. */
  private claim(begun: Beginning, simulatedMs: number, arrived: readonly ExpectedEvent[]): void {
    const { trial, step, name } = this;
    const { pendingFromMs, pendingToMs = 0, fromMs } = begun;
    const add = (beganMs: number, toMs: number, events: readonly ExpectedEvent[]) =>
      trial.claims.add(
        `${name} (from ${time(beganMs)} to ${time(toMs)})`,
        { fromMs: beganMs, toMs, types: trial.pendingTypes },
        events.filter(({ atMs }) => atMs >= beganMs),
      );
    if (pendingFromMs !== undefined) {
      const pending = arrived.filter(({ atMs }) => atMs < pendingToMs);
      add(pendingFromMs, Math.min(simulatedMs, pendingToMs), pending);
    }
    if (fromMs === undefined) return;
    trial.pendingTypes = step.types && new Set(step.types);
    trial.isFiltered ||= step.types !== undefined;
    trial.hasGaps ||= fromMs > trial.claims.reachedMs;
    const fresh = arrived.filter(({ atMs }) => atMs >= pendingToMs);
    add(fromMs, Math.max(simulatedMs, fromMs), fresh);
  }

  private checkEnd(run: Run, code: number | null, happenings: readonly Happening[]): void {
    const acts = happenings.map(({ act }) => act.do);
    const allowed: (number | null)[] = [0];
    if (acts.includes('kill')) allowed.push(null);
    if (acts.includes('interrupt') || acts.includes('interrupt twice')) allowed.push(130);
    if (/Stopped while catching up/.test(run.stderr)) allowed.push(1);
    // Its time was over before the hub could be reached.
    const isLate = /Nothing was streamed before the time was over/.test(run.stderr);
    if (isLate && this.step.durationMs !== undefined && acts.includes('hub down')) allowed.push(1);
    const isFull = this.step.diskBytes !== undefined && /disk is full/.test(run.stderr);
    if (isFull) allowed.push(1);
    if (allowed.includes(code)) return;
    throw new Violation(
      'ending',
      `${this.name} ended with code ${code}, expected ${allowed.join(' or ')}: ${run.stderr.slice(-1500)}`,
    );
  }
}
