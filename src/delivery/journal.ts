/**
 * The durable memory of a stream: the last settled event (acknowledged, or a dead letter) and the last sent event of
 * each partition and region since the checkpoint that the stream starts from, and the ledger.
 *
 * It is written, without sync, before every send and after every answer. Written bytes survive the end of the
 * process, so after `kill -9` only the batch under way in each partition is sent again, and
 * the ledger counts its events as possibly repeated. It is synced every second and whenever it is replaced: a
 * power cut causes at most a second of repeats. No event is lost, because every event that is not settled in
 * the journal is sent.
 *
 * A run that was killed may have sent events after the instant at which the next run stops. They are still known
 * after that run's checkpoint: the journal is told the number of events before it.
 */
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { AppendFile, type AppendPort } from './append-file.ts';
import { type CursorEntry, Cursors } from './cursors.ts';
import type { Frontier } from './frontier.ts';
import type { JournalHeader, JournalRecord, LoadedJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';
import type { SentBefore } from './stream-memory.ts';
import { withPeriod } from './streamed-periods.ts';
import { systemTiming, type Timing } from './timing.ts';

/** Length at which a journal is compacted: it takes a second to read. */
const COMPACT_BYTES = 8 << 20;
const SYNC_MS = 1_000;

export interface JournalOptions {
  /** Names the checkpoint from which the regions count their events. */
  readonly base: string;
  readonly partitions: number;
  /** The world of the events. */
  readonly world?: string;
  /** Keeps the length of the journal; without it, a cut is not detected. */
  readonly frontier?: Frontier | undefined;
  readonly port?: AppendPort;
  readonly timing?: Timing;
  /** Length at which the journal is compacted, bytes. */
  readonly compactBytes?: number;
}

export class Journal {
  readonly ledger = new Ledger();
  private readonly file: string;
  private readonly options: JournalOptions;
  private readonly settledTo = new Cursors();
  private readonly sentTo = new Cursors();
  private header: JournalHeader;
  /** The checkpoint that was announced. */
  private next: JournalRecord['next'];
  /** The frontier's instant as last written here. */
  private reachedMs: number | undefined;
  private output: AppendFile;
  private syncedMs: number;
  private syncing = false;
  /** The first error; after it nothing is written. */
  private fault: unknown;

  /** Use `openJournal` of journal-access.ts. @param found content of the file; undefined to create it */
  constructor(file: string, options: JournalOptions, found: LoadedJournal | undefined) {
    const { base, partitions, world = '', frontier, port } = options;
    this.file = file;
    this.options = options;
    this.header = found?.header ?? { journal: 2, world, base, partitions, edition: 1 };
    for (const record of found?.records ?? []) this.replay(record);
    this.ledger.forgetInFlight();
    this.takeAllChanges();
    if (found === undefined) writeFileAtomic(file, journalLine(this.header));
    const size = found?.wholeBytes ?? Buffer.byteLength(journalLine(this.header));
    this.output = new AppendFile(file, size, port);
    this.syncedMs = this.nowMs();
    if (found === undefined) frontier?.wrote(1, size, size);
  }

  /** The checkpoint from which the regions count their events. */
  get base(): string {
    return this.header.base;
  }

  /** Event types sent since the checkpoint; undefined for all. */
  get types(): readonly string[] | undefined {
    return this.header.types;
  }

  /** Whether an event was settled, in this run or an earlier one: it must not be sent again. */
  skip(partition: number, region: number, sequence: number): boolean {
    return sequence <= this.settledTo.get(partition, region);
  }

  /** Whether an event was sent before without a known answer: sending it again may repeat it. */
  sentBefore(partition: number, region: number, sequence: number): SentBefore {
    if (sequence <= this.sentTo.get(partition, region)) return 'yes';
    return this.header.doubtfulToMs === undefined ? 'no' : 'perhaps';
  }

  /** Whether nothing was sent since the checkpoint. */
  get isFresh(): boolean {
    return this.sentTo.snapshot().length === 0 && this.settledTo.snapshot().length === 0;
  }

  /** Called before an event is sent. */
  sending(partition: number, region: number, sequence: number): void {
    this.sentTo.reach(partition, region, sequence);
  }

  /** Called when an event, and all earlier ones of its region and partition, are settled. */
  settled(partition: number, region: number, sequence: number): void {
    this.settledTo.reach(partition, region, sequence);
  }

  /** Writes all changes since the last call. @throws OutputError, also from every later call */
  flush(): void {
    if (this.fault !== undefined) throw this.fault;
    const record = recordOf({
      settled: this.settledTo.takeChanges(),
      sent: this.sentTo.takeChanges(),
      ledger: this.ledger.takeChanges(),
    });
    if (record === undefined) return;
    const reachedMs = this.frontierMs;
    if (reachedMs !== this.reachedMs) record.reached = reachedMs;
    this.reachedMs = reachedMs;
    try {
      this.output.append(Buffer.from(journalLine(record)));
      this.options.frontier?.wrote(this.header.edition, this.output.size);
      if (this.output.size > (this.options.compactBytes ?? COMPACT_BYTES)) this.rewrite();
      else this.syncNowAndThen();
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }

  /**
   * Called before a checkpoint is taken, when all events before it are settled.
   * @param counts events of each region between the last checkpoint and this one
   */
  announce(base: string, counts: ReadonlyMap<number, number>): void {
    if (this.fault !== undefined) throw this.fault;
    this.next = { base, counts: [...counts] };
    this.rewrite();
  }

  /**
   * Starts from the announced checkpoint: regions number their events from it; the ledger continues.
   * The file is replaced in one step. The number of partitions may change only while no event is pending.
   */
  rebase(base: string, change: { partitions?: number } = {}): void {
    if (this.fault !== undefined) throw this.fault;
    if (this.next?.base === base) {
      const counts = new Map(this.next.counts);
      this.settledTo.countFrom(counts);
      this.sentTo.countFrom(counts);
    } else if (!this.isFresh) {
      throw new Error(`Cannot count from checkpoint "${base}": it was not announced`);
    }
    this.next = undefined;
    const { doubtfulToMs, ...header } = this.header;
    const isStillDoubtful = doubtfulToMs !== undefined && !(Number(base) >= doubtfulToMs);
    this.header = { ...header, ...change, base, ...(isStillDoubtful && { doubtfulToMs }) };
    this.rewrite();
  }

  /** Called when a stream begins at a simulated instant. @param types of the events that are sent; undefined for all */
  begin(fromMs: number, types: readonly string[] | undefined): void {
    const { types: _before, stretches = [], ...header } = this.header;
    this.header = {
      ...header,
      ...(types !== undefined && { types: [...types] }),
      stretches: withPeriod(stretches, fromMs, Number(header.base)),
    };
    this.rewrite();
  }

  /** Makes events up to an instant count as possibly sent, because the journal has lost its records of them. */
  doubt(toMs: number): void {
    this.header = {
      ...this.header,
      doubtfulToMs: Math.max(toMs, this.header.doubtfulToMs ?? toMs),
    };
    this.rewrite();
  }

  /** Called when all events that may have been sent before are settled: ends the effect of `doubt`. */
  trust(): void {
    const { doubtfulToMs, ...header } = this.header;
    if (doubtfulToMs === undefined) return;
    this.header = header;
    this.rewrite();
  }

  /** Writes all remaining changes, syncs and closes the file. */
  async close(): Promise<void> {
    try {
      if (this.fault === undefined) {
        this.flush();
        await this.output.sync();
        this.options.frontier?.synced(this.header.edition, this.output.size);
      }
    } finally {
      // The answer to a batch may come even later, when another file has the descriptor.
      this.fault ??= new Error(`Cannot write the journal "${this.file}": it is closed`);
      await this.output.close();
    }
  }

  private get frontierMs(): number | undefined {
    const reachedMs = this.options.frontier?.reachedMs;
    return Number.isFinite(reachedMs) ? reachedMs : undefined;
  }

  private replay({ settled, sent, ledger, next, reached }: JournalRecord): void {
    if (next !== undefined) this.next = next;
    if (reached !== undefined) this.reachedMs = reached;
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

  /** Replaces the file with the shortest one with the same content. */
  private rewrite(): void {
    if (this.fault !== undefined) throw this.fault;
    const reached = this.frontierMs;
    const state = recordOf({
      settled: this.settledTo.snapshot(),
      sent: this.sentTo.snapshot(),
      ledger: this.ledger.snapshot(),
      next: this.next,
      reached,
    });
    const edition = this.header.edition + 1;
    this.header = { ...this.header, edition };
    const text = journalLine({ ...this.header, ...(state && { state }) });
    const size = Buffer.byteLength(text);
    try {
      writeFileAtomic(this.file, text);
      this.options.frontier?.wrote(edition, size, size);
      const old = this.output;
      this.output = new AppendFile(this.file, size, this.options.port);
      // The old file is no longer in the folder, so an error on closing it doesn't matter.
      void old.close().catch(() => {});
    } catch (error) {
      this.fault = error;
      throw error;
    }
    this.reachedMs = reached;
    this.takeAllChanges();
    this.syncedMs = this.nowMs();
  }

  private syncNowAndThen(): void {
    const nowMs = this.nowMs();
    if (this.syncing || nowMs - this.syncedMs < SYNC_MS) return;
    this.syncing = true;
    this.syncedMs = nowMs;
    const { edition } = this.header;
    const { size } = this.output;
    const done = () => {
      this.syncing = false;
    };
    this.output
      .sync()
      .then(() => {
        done();
        this.options.frontier?.synced(edition, size);
      })
      .catch((error: unknown) => {
        done();
        // The next flush throws it, before anything else is sent.
        this.fault ??= error;
      });
  }

  private nowMs(): number {
    return (this.options.timing ?? systemTiming).nowMs();
  }
}

interface Noted {
  readonly settled: CursorEntry[];
  readonly sent: CursorEntry[];
  readonly ledger: Record<string, number[]>;
  readonly next?: JournalRecord['next'];
  readonly reached?: number | undefined;
}

/** Returns changes as a record; undefined if there are none. */
export function recordOf({ settled, sent, ledger, next, reached }: Noted) {
  const record: { -readonly [Key in keyof JournalRecord]: JournalRecord[Key] } = {};
  if (next !== undefined) record.next = next;
  if (reached !== undefined) record.reached = reached;
  if (settled.length > 0) record.settled = settled;
  if (sent.length > 0) record.sent = sent;
  if (Object.keys(ledger).length > 0) record.ledger = ledger;
  return Object.keys(record).length === 0 ? undefined : record;
}
