/** `sim serve`, with a stream that is started through its API. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE_MS } from '../../src/engine/time.ts';
import { END_MS } from './grounds.ts';
import { end, patience } from './happenings.ts';
import type { ServeStep } from './steps.ts';
import { passTampered } from './refusals.ts';
import { time, type Trial } from './trial.ts';
import { Violation } from './violation.ts';

const START_PATIENCE_MS = 30_000;
const EVENTS_PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 20;

/** Serves, streams until so many new events are there, and ends. @throws Violation */
export async function served(trial: Trial, step: ServeStep, name: string): Promise<void> {
  const { claims, consumer } = trial;
  const standsMs = Math.max(claims.reachedMs, trial.historyMs);
  trial.setClock(Math.min(standsMs + step.aheadMinutes * MINUTE_MS, END_MS - MINUTE_MS));
  const serve = ['serve', '--config', 'config.json', '--out', 'world', '--port', '0', '--json'];
  const run = trial.start(serve);
  const url = await until(START_PATIENCE_MS, () => run.lines()[0]?.url as string | undefined);
  if (url === undefined) {
    throw new Violation('ending', `${name}: sim serve does not listen: ${run.stderr.slice(-800)}`);
  }
  const before = consumer.first.size;
  const reachedMs = claims.reachedMs;
  const body = JSON.stringify({ speed: step.speed, catch_up: step.catchUp });
  const headers = { 'content-type': 'application/json' };
  const started = await fetch(`${url}/api/stream/start`, { method: 'POST', headers, body });
  if (!started.ok) {
    run.kill('SIGKILL');
    if (trial.tampered !== undefined) return;
    throw new Violation('ending', `${name}: ${await started.text()}`);
  }
  let told: Told = { status: 'starting', simulated_time: null, error_message: null };
  await until(EVENTS_PATIENCE_MS, async () => {
    told = await statusAt(url, told);
    if (run.isOver) return true;
    const isOver = told.status === 'error' || told.status === 'stopped';
    return consumer.first.size - before >= step.events || isOver ? true : undefined;
  });
  if (run.isOver)
    throw new Violation('ending', `${name}: sim serve is gone: ${run.stderr.slice(-800)}`);
  run.kill(step.kill ? 'SIGKILL' : 'SIGINT');
  await end(run, START_PATIENCE_MS);
  await trial.calm();
  await trial.follow();
  if (told.error_message !== null) {
    // A tampered file is refused here too; the next stream says how to go on.
    if (trial.tampered !== undefined) return;
    throw new Violation('ending', `${name}: ${told.error_message}`);
  }
  const arrived = trial.arrivedSince(before);
  if (arrived.length === 0) {
    if (told.status === 'stopped') return;
    throw new Violation('silent', `${name}: no new event has arrived (${JSON.stringify(told)})`);
  }
  passTampered(trial, name);
  trial.checkArrived();
  // From the first that arrived on, and as far as it said it had come.
  const fromMs = Math.min(...arrived.map(({ atMs }) => atMs));
  const toMs = Date.parse(told.simulated_time ?? '') || fromMs;
  claims.add(
    `${name} (from ${time(fromMs)} to ${time(toMs)})`,
    // It does not say what of it was pending before: that is of the types that were asked for then.
    { fromMs, toMs, gap: { fromMs: reachedMs, toMs: trial.historyMs }, types: trial.pendingTypes },
    arrived,
  );
}

/** What the API says of a stream. */
interface Told {
  readonly status: string;
  readonly simulated_time: string | null;
  readonly error_message: string | null;
}

/** @param before what it said last, should it not answer: it may be busy, or gone */
async function statusAt(url: string, before: Told): Promise<Told> {
  try {
    return (await (await fetch(`${url}/api/stream/status`)).json()) as Told;
  } catch {
    return before;
  }
}

/** What comes of asking until there is an answer; undefined if there is none in time. */
async function until<Answer>(
  patienceMs: number,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const lastMs = performance.now() + patience(patienceMs);
  while (performance.now() < lastMs) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}
