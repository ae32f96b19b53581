/** What happens to a command on its way, each at its moment. */
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from './program.ts';
import type { Act, Disruption, Happening, Moment } from './steps.ts';
import type { Trial } from './trial.ts';
import { Violation } from './violation.ts';

const LOOK_EVERY_MS = 5;
/** A second press of Ctrl-C counts as one after this. */
const SECOND_PRESS_MS = 350;
const END_PATIENCE_MS = 60_000;

/** However much a machine has to do, it gets to everything in so many times the time. */
const MOST_PATIENCE = 8;

/** How much longer everything may take on a machine that has much to do. */
export function patience(ms: number): number {
  const load = (1.5 * loadavg()[0]) / availableParallelism();
  return ms * Math.min(MOST_PATIENCE, Math.max(1, load));
}

/** Wall time by which `count` new events have to be there, after the process began. */
export type Deadline = (count: number) => number;

/** Does what happens, waits until the process has ended; returns its exit code. @throws Violation */
export async function happen(
  trial: Trial,
  run: Run,
  happenings: readonly Happening[],
  deadline: Deadline,
): Promise<number | null> {
  const atStart = trial.consumer.first.size;
  for (const { after, act } of happenings) {
    await moment(trial, run, after, (count) =>
      deadline(trial.consumer.first.size - atStart + count),
    );
    await perform(trial, run, act);
  }
  return end(run, END_PATIENCE_MS);
}

/** Waits until a process has ended. @throws Violation if it takes too long */
export async function end(run: Run, patienceMs: number): Promise<number | null> {
  const lastMs = performance.now() + patience(patienceMs);
  while (!run.isOver) {
    if (performance.now() > lastMs) {
      throw new Violation(
        'ending',
        `The command does not end; it last said: ${run.stderr.slice(-500)}`,
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
  return run.ended;
}

/** Waits for a moment, or until the process has ended. */
async function moment(trial: Trial, run: Run, after: Moment, deadline: Deadline): Promise<void> {
  const { consumer, gate } = trial;
  const fromMs = performance.now();
  const events = consumer.first.size;
  const lines = linesOf(run);
  const lastMs = 'events' in after ? deadline(after.events) : Infinity;
  const hasCome = (): boolean => {
    if ('events' in after) return consumer.first.size >= events + after.events;
    if ('lines' in after) return linesOf(run) >= lines + after.lines;
    if ('file' in after) return hasFile(trial.world, after.file);
    return performance.now() - fromMs >= after.ms;
  };
  while (!run.isOver && !hasCome()) {
    const nowMs = performance.now();
    if ('events' in after && gate.isOpen && nowMs - run.startedMs > lastMs) {
      throw new Violation(
        'silent',
        `${consumer.first.size - events} of ${after.events} new events have arrived ` +
          `${Math.round(nowMs - run.startedMs)} ms after the start, though they were due ` +
          `within ${Math.round(lastMs)} ms; the last status line: ${JSON.stringify(run.lines().at(-1) ?? null)}`,
      );
    }
    await sleep(LOOK_EVERY_MS);
  }
}

const linesOf = (run: Run) => run.stdout.split('"type":"progress"').length - 1;

/** `facts/receipts/dt=…` and the like. */
const hasFile = (world: string, file: string) => existsSync(path.join(world, file));

async function perform(trial: Trial, run: Run, act: Act): Promise<void> {
  const { gate, hub } = trial;
  switch (act.do) {
    case 'kill':
      return run.kill('SIGKILL');
    case 'interrupt':
      return run.kill('SIGINT');
    case 'interrupt twice':
      run.kill('SIGINT');
      await sleep(SECOND_PRESS_MS);
      return run.kill('SIGINT');
    case 'freeze':
      run.kill('SIGSTOP');
      await sleep(act.forMs);
      return run.kill('SIGCONT');
    case 'hub down':
      return gate.down();
    case 'hub up':
      return gate.up();
    case 'hub frozen':
      return gate.freeze();
    case 'hub thawed':
      return gate.thaw(act.keeps);
    case 'hub faults':
      for (const fault of act.faults) hub.faults.next(fault);
      return;
    case 'clock jumps':
      return trial.jumpClock(act.byMs);
    case 'disrupt': {
      const disrupting = trial.start(disruptArguments(act.disruption));
      await end(disrupting, END_PATIENCE_MS);
    }
  }
}

/** The command that makes a disruption, or ends them all. */
export function disruptArguments(disruption: Disruption | 'clear'): string[] {
  if (disruption === 'clear') return ['disrupt', 'clear', '--out', 'world'];
  const { type, target, severity, hours } = disruption;
  const what = ['--type', type, '--target', target, '--severity', String(severity)];
  return ['disrupt', 'create', '--out', 'world', ...what, '--duration', `${hours}h`];
}
