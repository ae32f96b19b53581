/** A seed: its plan, carried out and checked. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { formatInstant, MINUTE_MS } from '../../src/engine/time.ts';
import { drawPlan } from './draw.ts';
import { CUT_MS, END_MS, FROM_MS, filesOf, type Grounds } from './grounds.ts';
import { disruptArguments, end, happen } from './happenings.ts';
import { totalsOf } from './ledger.ts';
import { readLetters, retryLetters } from './letters.ts';
import { wasRefused } from './refusals.ts';
import { served } from './serve.ts';
import type { HistoryStep, Plan, Step } from './steps.ts';
import { stepText } from './steps.ts';
import { lastLife, streamLife } from './stream-life.ts';
import { tamper, tamperedFile } from './tamper.ts';
import { Trial } from './trial.ts';
import { Violation } from './violation.ts';

const PATIENCE_MS = 60_000;
/** `sim verify` takes longer than all the rest: one seed in so many has it. */
const VERIFIED = 10;

export interface Outcome {
  readonly seed: number;
  readonly plan: Plan;
  /** What was done, a line each. */
  readonly done: readonly string[];
  readonly seconds: number;
  readonly events: number;
  /** Anything else than a violation is a fault of the driver, or of the machine. */
  readonly fault: Violation | Error | undefined;
  readonly folder: string;
}

export interface SeedOptions {
  readonly steps: number;
  /** Whether to keep the folder also where nothing is wrong. */
  readonly keep: boolean;
  readonly onStep?: (line: string) => void;
}

/** Runs a seed. */
export async function runSeed(
  grounds: Grounds,
  seed: number,
  options: SeedOptions,
): Promise<Outcome> {
  const plan = drawPlan(seed, options.steps);
  const folder = path.join(grounds.folder, `seed-${seed}`);
  const startedMs = performance.now();
  const done: string[] = [];
  const note = (line: string) => {
    done.push(line);
    options.onStep?.(
      `${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${line}`,
    );
  };
  let trial: Trial | undefined;
  let fault: Error | undefined;
  try {
    trial = await Trial.begin(grounds, plan, folder);
    await carryOut(trial, seed, note);
  } catch (error) {
    fault = error instanceof Error ? error : new Error(String(error));
  }
  await trial?.close();
  if (fault === undefined && !options.keep) rmSync(folder, { recursive: true, force: true });
  const seconds = (performance.now() - startedMs) / 1000;
  return { seed, plan, done, seconds, events: trial?.consumer.first.size ?? 0, fault, folder };
}

async function carryOut(trial: Trial, seed: number, note: (line: string) => void): Promise<void> {
  const { plan } = trial;
  if (plan.beginning.from === 'shards') {
    note(
      `0. world "${plan.world}" begins in two shards, killed after ${plan.beginning.killedAfterMs.map((ms) => ms ?? '–').join(', ')} ms`,
    );
    await beginInShards(trial, plan.beginning.killedAfterMs);
  } else note(`0. world "${plan.world}", ${plan.partitions} partitions`);
  for (const [index, step] of plan.steps.entries()) {
    note(`${index + 1}. ${stepText(step)}`);
    await take(trial, step, `step ${index + 1}`);
    await trial.follow();
  }
  note('last. everything is delivered, and the files are brought up');
  await last(trial, seed);
}

async function take(trial: Trial, step: Step, name: string): Promise<void> {
  switch (step.step) {
    case 'realtime':
      return streamLife(trial, step, name);
    case 'history':
      return history(trial, step, name);
    case 'serve':
      return served(trial, step, name);
    case 'tamper': {
      // One at a time: what follows from two nobody could tell.
      if (trial.tampered !== undefined || trial.consumer.first.size === 0) return;
      const file = tamperedFile(trial.world, step.file);
      const foreign = await trial.grounds.foreign();
      trial.tampered = tamper(file, step.how, foreign, trial.historyMs);
      return;
    }
    case 'retry dead letters':
      await retryLetters(trial);
      return;
    case 'disrupt':
      return command(trial, disruptArguments(step.disruption), name);
  }
}

async function history(trial: Trial, step: HistoryStep, name: string): Promise<void> {
  const toMs = Math.min(trial.historyMs + step.minutes * MINUTE_MS, END_MS);
  trial.setClock(END_MS);
  const args = [
    ...['run', '--mode', 'history', '--config', 'config.json', '--out', 'world'],
    ...['--to', formatInstant(toMs), '--workers', String(step.workers)],
  ];
  const disk = step.diskBytes === undefined ? undefined : { CHAOS_DISK: String(step.diskBytes) };
  const run = trial.start(args, disk);
  const code = await happen(trial, run, step.happenings, () => Infinity);
  await trial.calm();
  const refusal = await wasRefused(trial, run, code, args, name);
  if (refusal?.instead !== undefined) return command(trial, refusal.instead, name);
  const acts = step.happenings.map(({ act }) => act.do);
  const allowed: (number | null)[] = [0];
  if (acts.includes('kill')) allowed.push(null);
  if (acts.includes('interrupt')) allowed.push(130, null);
  if (/disk is full/.test(run.stderr)) allowed.push(1);
  if (allowed.includes(code)) return;
  throw new Violation(
    'ending',
    `${name} ended with code ${code}, expected ${allowed.join(' or ')}: ${run.stderr.slice(-1500)}`,
  );
}

/** A command that has nothing to suffer. */
async function command(trial: Trial, args: readonly string[], name: string): Promise<void> {
  const run = trial.start(args);
  const code = await end(run, PATIENCE_MS);
  const refusal = await wasRefused(trial, run, code, args, name);
  if (refusal?.instead !== undefined) return command(trial, refusal.instead, name);
  if (refusal !== undefined || code === 0) return;
  throw new Violation('ending', `${name} ended with code ${code}: ${run.stderr.slice(-1500)}`);
}

async function beginInShards(
  trial: Trial,
  killedAfterMs: readonly (number | null)[],
): Promise<void> {
  trial.setClock(END_MS);
  const window = ['--from', formatInstant(FROM_MS), '--to', formatInstant(CUT_MS)];
  for (const [index, afterMs] of killedAfterMs.entries()) {
    const shard = `${index + 1}/${killedAfterMs.length}`;
    const args = [
      ...['run', '--mode', 'history', '--config', 'config.json', '--out', 'world', ...window],
      ...['--shard', shard, '--workers', '1'],
    ];
    if (afterMs !== null) {
      const killed = { after: { ms: afterMs }, act: { do: 'kill' } } as const;
      await happen(trial, trial.start(args), [killed], () => Infinity);
    }
    await command(trial, args, `shard ${shard}`);
  }
  // The last shard has merged them already; where it was killed on the way there is something left to do.
  const merge = trial.start(['merge', '--config', 'config.json', '--out', 'world']);
  const code = await end(merge, PATIENCE_MS);
  if (code === 0 || /no shard's manifest/.test(merge.stderr)) return;
  throw new Violation('ending', `merge ended with code ${code}: ${merge.stderr}`);
}

/** Nothing disturbs any more: what has to be true in the end. */
async function last(trial: Trial, seed: number): Promise<void> {
  await lastLife(trial);
  await readLetters(trial);
  if (trial.waiting.size > 0) {
    await retryLetters(trial);
    trial.waiting.clear();
    trial.letters.clear();
  }
  const status = trial.start(['status', '--out', 'world', '--json']);
  await end(status, PATIENCE_MS);
  const stream = status.lines()[0]?.stream as { total?: unknown } | undefined;
  trial.checkDelivered(totalsOf(stream?.total), 'sim status at the end');
  if (trial.historyMs < END_MS) {
    const window = ['--to', formatInstant(END_MS), '--workers', '1'];
    const args = ['run', '--mode', 'history', '--config', 'config.json', '--out', 'world'];
    await command(trial, [...args, ...window], 'the last history');
  }
  compareFiles(trial);
  if (seed % VERIFIED !== 0) return;
  const verify = trial.start(['verify', 'world']);
  const code = await end(verify, PATIENCE_MS);
  if (code !== 0) throw new Violation('invariants', `${verify.stdout}\n${verify.stderr}`);
}

function compareFiles(trial: Trial): void {
  const expected = new Set(trial.expected.files);
  const found = new Set(filesOf(trial.world));
  const missing = [...expected].filter((line) => !found.has(line));
  const other = [...found].filter((line) => !expected.has(line));
  if (missing.length + other.length === 0) return;
  throw new Violation(
    'files',
    `expected ${missing.length} files that are not there or other than\n  ${missing.slice(0, 5).join('\n  ')}\n` +
      `found ${other.length}\n  ${other.slice(0, 5).join('\n  ')}`,
  );
}

/** The plan of a seed as text, for those who ask what it would do. */
export function planText(seed: number, steps: number): string {
  return drawPlan(seed, steps)
    .steps.map((step, index) => `${index + 1}. ${stepText(step)}`)
    .join('\n');
}
