/** The dead letters of a world: a file of lines that survives crashes and contains each event once. */
import fs from 'node:fs';
import { InputError, reasonOf } from '../domain/errors.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { AppendFile, type AppendPort } from './append-file.ts';
import {
  type DeadLetter,
  type DeadLetterBox,
  type DeadLetterCategory,
  deadLetterLine,
  parseDeadLetter,
} from './dead-letter.ts';
import { wholeLinesEnd } from './lines.ts';

export class DeadLetterFile implements DeadLetterBox {
  private readonly file: string;
  private readonly port: AppendPort | undefined;
  private readonly ids = new Set<string>();
  private output: AppendFile | undefined;
  private wholeBytes = 0;

  /** Opens existing letters; the file is created with the first letter. @throws InputError */
  constructor(file: string, port?: AppendPort) {
    this.file = file;
    this.port = port;
    const { letters, wholeBytes } = readLetters(file);
    for (const { event } of letters) this.ids.add(event.eventId);
    this.wholeBytes = wholeBytes;
  }

  /** Number of letters in the file. */
  get count(): number {
    return this.ids.size;
  }

  add(letters: readonly DeadLetter[]): void {
    const fresh = letters.filter(({ event }) => !this.ids.has(event.eventId));
    if (fresh.length === 0) return;
    this.output ??= new AppendFile(this.file, this.wholeBytes, this.port);
    this.output.append(Buffer.from(fresh.map((letter) => `${deadLetterLine(letter)}\n`).join('')));
    this.output.syncNow();
    for (const { event } of fresh) this.ids.add(event.eventId);
  }

  /** Returns the letters in the file, oldest first. @throws InputError */
  list(): DeadLetter[] {
    return readLetters(this.file).letters;
  }

  /**
   * Replaces letters by event id in one step, or removes those that map to undefined; others stay.
   * @throws OutputError
   */
  update(changes: ReadonlyMap<string, DeadLetter | undefined>): void {
    this.close();
    const letters = this.list().flatMap((letter) => {
      const { eventId } = letter.event;
      return changes.has(eventId) ? (changes.get(eventId) ?? []) : letter;
    });
    replaceDeadLetters(this.file, letters);
    const { wholeBytes } = readLetters(this.file);
    this.wholeBytes = wholeBytes;
    this.ids.clear();
    for (const { event } of letters) this.ids.add(event.eventId);
  }

  close(): void {
    if (this.output !== undefined) this.wholeBytes = this.output.size;
    this.output?.closeNow();
    this.output = undefined;
  }
}

/** Returns all letters, oldest first, without a last line that a crash cut off. @throws InputError */
export function listDeadLetters(file: string): DeadLetter[] {
  return readLetters(file).letters;
}

export interface DeadLetterSummary {
  readonly letters: number;
  readonly byCategory: Partial<Record<DeadLetterCategory, number>>;
  readonly byType: Readonly<Record<string, number>>;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** Returns the numbers of letters by category and event type, and the first and last instants. */
export function summarizeDeadLetters(letters: readonly DeadLetter[]): DeadLetterSummary {
  const byCategory: Partial<Record<DeadLetterCategory, number>> = {};
  const byType: Record<string, number> = {};
  let firstMs: number | undefined;
  let lastMs: number | undefined;
  for (const { category, event, ...letter } of letters) {
    byCategory[category] = (byCategory[category] ?? 0) + 1;
    byType[event.eventType] = (byType[event.eventType] ?? 0) + 1;
    firstMs = Math.min(firstMs ?? letter.firstMs, letter.firstMs);
    lastMs = Math.max(lastMs ?? letter.lastMs, letter.lastMs);
  }
  return { letters: letters.length, byCategory, byType, firstMs, lastMs };
}

/** Replaces all letters in one step; removes the file if there are none. @throws OutputError */
export function replaceDeadLetters(file: string, letters: readonly DeadLetter[]): void {
  if (letters.length === 0) {
    fs.rmSync(file, { force: true });
    return;
  }
  writeFileAtomic(file, letters.map((letter) => `${deadLetterLine(letter)}\n`).join(''));
}

function readLetters(file: string): { letters: DeadLetter[]; wholeBytes: number } {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { letters: [], wholeBytes: 0 };
    throw new InputError(`Cannot read the dead letters "${file}": ${reasonOf(error)}`);
  }
  const wholeBytes = wholeLinesEnd(bytes);
  const lines = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1);
  const letters = lines.map((line, index) => parseDeadLetter(line, `${file}:${index + 1}`));
  return { letters, wholeBytes };
}
