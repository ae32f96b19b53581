/** A run's progress as text, for users and for programs. */
import { formatInstant } from '../engine/time.ts';
import { formatBytes, formatCount, formatDuration } from '../domain/format.ts';
import type { Progress } from './history.ts';

const BAR_WIDTH = 20;

/** Returns one line: `2024-03-02 12:30 [==========..........] 50 %, 0:05 left, …`. */
export function progressText(progress: Progress, elapsedSeconds: number): string {
  const { simulatedMs, done, rows, bytes } = progress;
  const bar = '='.repeat(Math.floor(done * BAR_WIDTH)).padEnd(BAR_WIDTH, '.');
  const seconds = secondsLeft(done, elapsedSeconds);
  const left = seconds === null ? '' : `, ${formatDuration(seconds)} left`;
  return (
    `${formatInstant(simulatedMs).slice(0, 16).replace('T', ' ')} [${bar}] ` +
    `${Math.floor(done * 100)} %${left}, ${formatCount(rows)} rows, ` +
    `${formatCount(rows / elapsedSeconds)} rows/s, ${formatBytes(bytes / elapsedSeconds)}/s, ` +
    `memory ${formatBytes(process.memoryUsage.rss())}`
  );
}

/** Returns one JSON object in one line. */
export function progressJson(progress: Progress, elapsedSeconds: number): string {
  const { simulatedMs, ...counts } = progress;
  return JSON.stringify({
    type: 'progress',
    simulated: formatInstant(simulatedMs),
    ...counts,
    rowsPerSecond: Math.round(progress.rows / elapsedSeconds),
    bytesPerSecond: Math.round(progress.bytes / elapsedSeconds),
    secondsLeft: secondsLeft(progress.done, elapsedSeconds),
    residentBytes: process.memoryUsage.rss(),
  });
}

function secondsLeft(done: number, elapsedSeconds: number): number | null {
  return done > 0 ? (elapsedSeconds * (1 - done)) / done : null;
}
