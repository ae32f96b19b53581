/**
 * The memory of a stream: what was settled (acknowledged, or in the dead letters), what was last sent,
 * and the ledger, per partition and region, since the checkpoint that the stream starts from.
 *
 * Written, not synced, before every send and after every answer: what `write` has taken outlives the
 * process, so after `kill -9` only the batch that was under way in each partition is sent again, and
 * the ledger knows which events those are. It is synced every second, and whenever it is replaced: a
 * power cut costs at most a second of repeats. Nothing is ever lost, as what the journal does not know
 * to be settled is sent.
 *
 * A life that was killed may have sent more than the next one reaches before it stops. What it sent past
 * a new checkpoint is still known after it: the journal is told how many events lie before it.
 */
import { writeFileAtomic } from '../../tables/atomic-file.ts';
import { AppendFile, type AppendPort } from './append-file.ts';
import { type CursorEntry, Cursors } from './cursors.ts';
import { loadJournal, type JournalHeader, type JournalRecord } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';
import { systemTiming, type Timing } from './timing.ts';

/** Length at which a journal is written anew: a second's work to read. */
const COMPACT_BYTES = 8 << 20;
const SYNC_MS = 1_000;

export interface JournalOptions {
  /** Names the checkpoint from which the regions count their events. */
  readonly base: string;
  readonly partitions: number;
  readonly port?: AppendPort;
  readonly timing?: Timing;
  /** Length at which it is written anew. */
  readonly compactBytes?: number;
}

export class Journal {
  readonly ledger = new Ledger();
  private readonly file: string;
  private readonly options: JournalOptions;
  private readonly settledTo = new Cursors();
  private readonly sentTo = new Cursors();
  private header: JournalHeader;
  /** The checkpoint that is about to be taken. */
  private next: JournalRecord['next'];
  private output: AppendFile;
  private syncedMs: number;
  private syncing = false;
  /** The first thing that went wrong; from then on nothing is written. */
  private fault: unknown;

  /** Use `openJournal`. */
  constructor(file: string, options: JournalOptions) {
    this.file = file;
    this.options = options;
    this.header = { journal: 1, base: options.base, partitions: options.partitions };
    const found = loadJournal(file, this.header);
    for (const record of found?.records ?? []) this.replay(record);
    this.ledger.forgetInFlight();
    this.takeAllChanges();
    if (found === undefined) writeFileAtomic(file, journalLine(this.header));
    const size = found?.wholeBytes ?? Buffer.byteLength(journalLine(this.header));
    this.output = new AppendFile(file, size, options.port);
    this.syncedMs = this.nowMs();
  }

  /** The checkpoint from which the regions count their events. */
  get base(): string {
    return this.header.base;
  }

  /** Whether an event was settled before, in this life or an earlier one: it must not be sent again. */
  skip(partition: number, region: number, sequence: number): boolean {
    return sequence <= this.settledTo.get(partition, region);
  }

  /** Whether an event was sent before and no answer is known: sending it may repeat it. */
  wasSent(partition: number, region: number, sequence: number): boolean {
    return sequence <= this.sentTo.get(partition, region);
  }

  /** Whether nothing was sent since the checkpoint. */
  get isFresh(): boolean {
    return this.sentTo.snapshot().length === 0 && this.settledTo.snapshot().length === 0;
  }

  /** Notes that an event is about to be sent. */
  sending(partition: number, region: number, sequence: number): void {
    this.sentTo.reach(partition, region, sequence);
  }

  /** Notes that an event, and all before it of its region and partition, is settled. */
  settled(partition: number, region: number, sequence: number): void {
    this.settledTo.reach(partition, region, sequence);
  }

  /** Writes what was noted since the last time. @throws OutputError, then and ever after */
  flush(): void {
    if (this.fault !== undefined) throw this.fault;
    const record = recordOf(
      this.settledTo.takeChanges(),
      this.sentTo.takeChanges(),
      this.ledger.takeChanges(),
    );
    if (record === undefined) return;
    try {
      this.output.append(Buffer.from(journalLine(record)));
      if (this.output.size > (this.options.compactBytes ?? COMPACT_BYTES)) this.rewrite();
      else this.syncNowAndThen();
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }

  /**
   * Says that a checkpoint is about to be taken, which all events before it are settled for.
   * @param counts events of each region between the last checkpoint and this one
   */
  announce(base: string, counts: ReadonlyMap<number, number>): void {
    if (this.fault !== undefined) throw this.fault;
    this.next = { base, counts: [...counts] };
    this.rewrite();
  }

  /**
   * Starts over from a new checkpoint: regions count their events from it; the ledger goes on. The file
   * is replaced in one step.
   *
   * Where the checkpoint was not announced (history went on by itself, past the last one), nobody knows
   * which of its events were sent: each that may have been is taken for a possible repeat.
   */
  rebase(base: string, partitions: number = this.header.partitions): void {
    if (this.fault !== undefined) throw this.fault;
    if (this.next?.base === base) {
      const counts = new Map(this.next.counts);
      this.settledTo.countFrom(counts);
      this.sentTo.countFrom(counts);
    } else {
      for (const entry of this.settledTo.snapshot()) this.sentTo.reach(...entry);
      this.settledTo.clear();
    }
    this.next = undefined;
    this.header = { ...this.header, base, partitions };
    this.rewrite();
  }

  /** Writes what is left, waits for the disk, lets the file go. */
  async close(): Promise<void> {
    try {
      if (this.fault === undefined) {
        this.flush();
        await this.output.sync();
      }
    } finally {
      // The answer to a batch may come later still: its descriptor is then another file's.
      this.fault ??= new Error(`Cannot write the journal "${this.file}": it is closed`);
      await this.output.close();
    }
  }

  private replay({ settled, sent, ledger, next }: JournalRecord): void {
    if (next !== undefined) this.next = next;
    for (const [partition, region, sequence] of settled ?? []) {
      this.settledTo.reach(partition, region, sequence);
    }
    for (const [partition, region, sequence] of sent ?? []) {
      this.sentTo.reach(partition, region, sequence);
    }
    if (ledger !== undefined) this.ledger.load(ledger);
  }

  private takeAllChanges(): void {
    this.settledTo.takeChanges();
    this.sentTo.takeChanges();
    this.ledger.takeChanges();
  }

  /** Replaces the file by the shortest one that says the same. */
  private rewrite(): void {
    const record = recordOf(
      this.settledTo.snapshot(),
      this.sentTo.snapshot(),
      this.ledger.snapshot(),
      this.next,
    );
    const text = journalLine(this.header) + (record === undefined ? '' : journalLine(record));
    try {
      writeFileAtomic(this.file, text);
      const old = this.output;
      this.output = new AppendFile(this.file, Buffer.byteLength(text), this.options.port);
      // The old file is no longer in the folder: nobody needs to know how closing it went.
      void old.close().catch(() => {});
    } catch (error) {
      this.fault = error;
      throw error;
    }
    this.takeAllChanges();
    this.syncedMs = this.nowMs();
  }

  private syncNowAndThen(): void {
    const nowMs = this.nowMs();
    if (this.syncing || nowMs - this.syncedMs < SYNC_MS) return;
    this.syncing = true;
    this.syncedMs = nowMs;
    const done = () => {
      this.syncing = false;
    };
    this.output.sync().then(done, (error: unknown) => {
      done();
      // Told at the next flush, before anything else is sent.
      this.fault ??= error;
    });
  }

  private nowMs(): number {
    return (this.options.timing ?? systemTiming).nowMs();
  }
}

/**
 * Opens the journal of a stream, or begins it.
 * @throws InputError if it belongs to another checkpoint or number of partitions, or is damaged
 */
export function openJournal(file: string, options: JournalOptions): Journal {
  return new Journal(file, options);
}

/**
 * Opens the journal of a stream that goes on from a checkpoint, which may be a later one than its own.
 * Where nothing was sent since, it may go on to a service with another number of partitions.
 * @throws InputError if events were sent since, to another number of partitions
 */
export function continueJournal(file: string, options: JournalOptions): Journal {
  const { base, partitions } = options;
  const found = loadJournal(file)?.header;
  if (found === undefined) return openJournal(file, options);
  const journal = openJournal(file, { ...options, base: found.base, partitions: found.partitions });
  if (found.base !== base) journal.rebase(base);
  if (found.partitions === partitions) return journal;
  if (!journal.isFresh) return openJournal(file, options);
  journal.rebase(base, partitions);
  return journal;
}

/** What a journal says, as it was written; the publisher may be at work. */
export interface JournalState {
  /** The checkpoint that it starts from. */
  readonly base: string;
  readonly partitions: number;
  readonly ledger: Ledger;
}

/** Reads a journal without opening it, if there is one. @throws InputError if it is damaged */
export function readJournal(file: string): JournalState | undefined {
  const found = loadJournal(file);
  if (found === undefined) return undefined;
  const ledger = new Ledger();
  for (const record of found.records) ledger.load(record.ledger ?? {});
  const { base, partitions } = found.header;
  return { base, partitions, ledger };
}

function recordOf(
  settled: CursorEntry[],
  sent: CursorEntry[],
  ledger: Record<string, number[]>,
  next?: JournalRecord['next'],
): JournalRecord | undefined {
  const record: { -readonly [Key in keyof JournalRecord]: JournalRecord[Key] } = {};
  if (next !== undefined) record.next = next;
  if (settled.length > 0) record.settled = settled;
  if (sent.length > 0) record.sent = sent;
  if (Object.keys(ledger).length > 0) record.ledger = ledger;
  return Object.keys(record).length === 0 ? undefined : record;
}
