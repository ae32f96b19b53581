/**
 * export.ndjson beside exported files: of which world they are, and from which content each was made.
 *
 * A line is added once its file is whole, so that an export that was ended goes on where it was. Lines of files that were
 * written again stand below earlier ones.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../domain/errors.ts';
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { outputFault } from '../tables/output-fault.ts';
import type { Tally } from './tally.ts';

/** A file that is there. */
export interface LedgerEntry {
  /** Name of the part, the same in every format. */
  readonly part: string;
  /** Digest of the file that it was made from. */
  readonly of: string;
  readonly tally: Tally;
}

interface Head {
  readonly world: string;
  readonly format: string;
}

const NAME = 'export.ndjson';

export class FileLedger {
  private readonly file: string;
  private readonly entries = new Map<string, LedgerEntry>();

  private constructor(file: string) {
    this.file = file;
  }

  /** Opens that of a folder, or begins it. @throws InputError for files of another world or format */
  static open(folder: string, head: Head): FileLedger {
    const ledger = new FileLedger(path.join(folder, NAME));
    if (!existsSync(ledger.file)) {
      writeFileAtomic(ledger.file, `${JSON.stringify(head)}\n`);
      return ledger;
    }
    const text = readFileSync(ledger.file, 'utf8');
    // A line that was cut is that of a file that is written again.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(ledger.file, Buffer.byteLength(whole));
    const [first = '{}', ...lines] = whole.split('\n').slice(0, -1);
    requireSame(folder, JSON.parse(first) as Head, head);
    for (const line of lines) ledger.note(JSON.parse(line) as LedgerEntry);
    return ledger;
  }

  get parts(): readonly string[] {
    return [...this.entries.keys()];
  }

  find(part: string): LedgerEntry | undefined {
    return this.entries.get(part);
  }

  add(entry: LedgerEntry): void {
    try {
      appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      throw outputFault(this.file, error);
    }
    this.note(entry);
  }

  private note(entry: LedgerEntry): void {
    this.entries.set(entry.part, entry);
  }
}

function requireSame(folder: string, found: Head, wanted: Head): void {
  if (found.world !== wanted.world) {
    throw new InputError(
      `"${folder}" has files of the world ${found.world}, and this is the world ${wanted.world}. ` +
        'Choose another folder (--output), or remove that one.',
    );
  }
  if (found.format !== wanted.format) {
    throw new InputError(
      `"${folder}" has the world as ${found.format} already. Choose another folder (--output) for ${wanted.format}.`,
    );
  }
}
