/** The dead letters of a stream: which there are, and their delivery. */
import { existsSync } from 'node:fs';
import { worldPaths } from '../../src/store/paths.ts';
import { end } from './happenings.ts';
import { wasRefused } from './refusals.ts';
import type { Trial } from './trial.ts';
import { Violation } from './violation.ts';

const PATIENCE_MS = 30_000;

/** Takes note of the events that are dead letters: they may come later, and out of order. */
export async function readLetters(trial: Trial): Promise<void> {
  trial.waiting.clear();
  if (!existsSync(worldPaths(trial.world).deadLetters)) return;
  const run = trial.start(['dlq', 'list', '--out', 'world', '--json']);
  const code = await end(run, PATIENCE_MS);
  if ((await wasRefused(trial, run, code, ['dlq'], 'dlq list')) !== undefined) return;
  if (code !== 0) throw new Violation('ending', `dlq list ended with code ${code}: ${run.stderr}`);
  const list = (run.lines()[0]?.list ?? []) as { eventId: string }[];
  for (const { eventId } of list) {
    trial.letters.add(eventId);
    trial.waiting.add(eventId);
  }
}

/** Delivers them. */
export async function retryLetters(trial: Trial): Promise<void> {
  const args = ['dlq', 'retry', '--config', 'config.json', '--out', 'world'];
  const run = trial.start(args);
  const code = await end(run, PATIENCE_MS);
  await trial.calm();
  if ((await wasRefused(trial, run, code, args, 'dlq retry')) !== undefined) return;
  if (code !== 0) throw new Violation('ending', `dlq retry ended with code ${code}: ${run.stderr}`);
  trial.checkArrived();
}
