/**
 * live/journal.ndjson: every command about live disruptions, with the simulated instant at which it takes
 * effect. It belongs to the world: each run that simulates these instants again reads it.
 *
 * Only the process with the world's lock writes it. A line is valid when it is completely on disk; an incomplete line
 * that a crash left is cut off at the next write.
 */
import fs from 'node:fs';
import { z } from 'zod';
import { InputError, reasonOf } from '../../domain/errors.ts';
import {
  formatLiveId,
  LIVE_TYPES,
  type LiveCommand,
  parseLiveId,
} from '../../domain/live-disruption.ts';
import { formatInstant, parseInstant } from '../../engine/time.ts';
import { AppendFile } from '../../delivery/append-file.ts';
import { wholeLinesEnd } from '../../delivery/lines.ts';
import { LIVE_TARGET } from './request.ts';

const instant = z.string().transform((text) => parseInstant(text));
const id = z.string().transform((text, context) => {
  const number = parseLiveId(text);
  if (number !== undefined) return number;
  context.addIssue(`"${text}" is not an id such as L1`);
  return z.NEVER;
});
const key = z.string();

const LINE = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('create'),
    at: instant,
    id,
    type: z.enum(LIVE_TYPES),
    target: LIVE_TARGET,
    severity: z.number().min(0.1).max(1),
    description: z.string(),
    start: instant,
    end: instant,
    key,
  }),
  z.strictObject({ command: z.literal('cancel'), at: instant, ids: z.array(id), key }),
]);

/** A command, and the key of the request that it answers. */
export interface JournalEntry {
  readonly command: LiveCommand;
  readonly key: string;
}

export interface DisruptionJournal {
  readonly entries: readonly JournalEntry[];
  /** Bytes of the whole lines. */
  readonly wholeBytes: number;
}

/** Reads a journal; an empty one if there is none. @throws InputError if it is damaged */
export function readDisruptionJournal(file: string): DisruptionJournal {
  const bytes = contentOf(file);
  const wholeBytes = wholeLinesEnd(bytes);
  const lines = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1);
  let lastMs = Number.NEGATIVE_INFINITY;
  let created = 0;
  const entries = lines.map((line, index): JournalEntry => {
    try {
      const entry = entryOf(line);
      const { command } = entry;
      if (command.atMs < lastMs) throw new Error('its instant is before that of the previous line');
      if (command.kind === 'create' && command.disruption.number !== ++created) {
        throw new Error(`its id is not ${formatLiveId(created)}`);
      }
      lastMs = command.atMs;
      return entry;
    } catch (error) {
      throw new InputError(
        `Cannot use "${file}": line ${index + 1} is not a valid command (${reasonOf(error)}). ` +
          'Restore the file from a copy: a world can only be continued with the commands it has had.',
      );
    }
  });
  return { entries, wholeBytes };
}

/** Appends commands and syncs them to disk. @throws OutputError */
export function appendToJournal(
  file: string,
  wholeBytes: number,
  entries: readonly JournalEntry[],
): void {
  const output = new AppendFile(file, wholeBytes);
  try {
    output.append(Buffer.from(entries.map(lineOf).join('')));
    output.syncNow();
  } finally {
    output.closeNow();
  }
}

function entryOf(line: string): JournalEntry {
  const value = LINE.parse(JSON.parse(line));
  const { at: atMs, key } = value;
  if (value.command === 'cancel') {
    return { key, command: { kind: 'cancel', atMs, numbers: value.ids } };
  }
  const { id: number, type, target, severity, description, start: startMs, end: endMs } = value;
  const severityPercent = Math.round(severity * 100);
  const disruption = { number, type, target, severityPercent, description, startMs, endMs };
  return { key, command: { kind: 'create', atMs, disruption } };
}

function lineOf({ command, key }: JournalEntry): string {
  const at = formatInstant(command.atMs);
  if (command.kind === 'cancel') {
    const ids = command.numbers.map(formatLiveId);
    return `${JSON.stringify({ command: 'cancel', at, ids, key })}\n`;
  }
  const { number, type, target, severityPercent, description, startMs, endMs } = command.disruption;
  const line: z.input<(typeof LINE)['options'][0]> = {
    command: 'create',
    at,
    id: formatLiveId(number),
    type,
    target: target as z.input<typeof LIVE_TARGET>,
    severity: severityPercent / 100,
    description,
    start: formatInstant(startMs),
    end: formatInstant(endMs),
    key,
  };
  return `${JSON.stringify(line)}\n`;
}

function contentOf(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw new InputError(`Cannot read "${file}": ${reasonOf(error)}`);
  }
}
