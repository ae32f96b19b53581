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
import { writeFileAtomic } from '../tables/atomic-file.ts';
import { AppendFile, type AppendPort } from './append-file.ts';
import { type CursorEntry, Cursors } from './cursors.ts';
import type { Frontier } from './frontier.ts';
import type { JournalHeader, JournalRecord, LoadedJournal } from './journal-file.ts';
import { journalLine } from './journal-lines.ts';
import { Ledger } from './ledger.ts';
import type { SentBefore } from './stream-memory.ts';
import { withStretch } from './stretches.ts';
import { systemTiming, type Timing } from './timing.ts';

/** Length at which a journal is written anew: a second's work to read. */
const COMPACT_BYTES = 8 << 20;
const SYNC_MS = 1_000;

export interface JournalOptions {
  /** Names the checkpoint from which the regions count their events. */
  readonly base: string;
  readonly partitions: number;
  /** The world whose events these are. */
  readonly world?: string;
  /** Knows how much of the journal was written; without it a cut is not noticed. */
  readonly frontier?: Frontier | undefined;
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
  /** The frontier as it was written here last. */
  private reachedMs: number | undefined;
  private output: AppendFile;
  private syncedMs: number;
  private syncing = false;
  /** The first thing that went wrong; from then on nothing is written. */
  private fault: unknown;

  /** Use `openJournal` of journal-access.ts. @param found what the file holds; undefined to begin it */
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

  /** Types of the events that are sent since the checkpoint; undefined for all. */
  get types(): readonly string[] | undefined {
    return this.header.types;
  }

  /** Whether an event was settled before, in this life or an earlier one: it must not be sent again. */
  skip(partition: number, region: number, sequence: number): boolean {
    return sequence <= this.settledTo.get(partition, region);
  }

  /** Whether an event was sent before and no answer is known: sending it may repeat it. */
  sentBefore(partition: number, region: number, sequence: number): SentBefore {
    if (sequence <= this.sentTo.get(partition, region)) return 'yes';
    return this.header.doubtfulToMs === undefined ? 'no' : 'perhaps';
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
   * Says that a checkpoint is about to be taken, which all events before it are settled for.
   * @param counts events of each region between the last checkpoint and this one
   */
  announce(base: string, counts: ReadonlyMap<number, number>): void {
    if (this.fault !== undefined) throw this.fault;
    this.next = { base, counts: [...counts] };
    this.rewrite();
  }

  /**
   * Starts over from the checkpoint that was announced: regions count their events from it; the ledger goes
   * on. The file is replaced in one step. A number of partitions may change only while nothing is pending.
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

  /** Notes that from a simulated instant on events of some types are sent; undefined for all. */
  begin(fromMs: number, types: readonly string[] | undefined): void {
    const { types: _before, stretches = [], ...header } = this.header;
    this.header = {
      ...header,
      ...(types !== undefined && { types: [...types] }),
      stretches: withStretch(stretches, fromMs, Number(header.base)),
    };
    this.rewrite();
  }

  /** From now on events up to an instant count as sent perhaps: the journal has lost what it knew of them. */
  doubt(toMs: number): void {
    this.header = {
      ...this.header,
      doubtfulToMs: Math.max(toMs, this.header.doubtfulToMs ?? toMs),
    };
    this.rewrite();
  }

  /** Everything that could have been sent before is settled: nothing is in doubt any more. */
  trust(): void {
    const { doubtfulToMs, ...header } = this.header;
    if (doubtfulToMs === undefined) return;
    this.header = header;
    this.rewrite();
  }

  /** Writes what is left, waits for the disk, lets the file go. */
  async close(): Promise<void> {
    try {
      if (this.fault === undefined) {
        this.flush();
        await this.output.sync();
        this.options.frontier?.synced(this.header.edition, this.output.size);
      }
    } finally {
      // The answer to a batch may come later still: its descriptor is then another file's.
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

  /** Replaces the file by the shortest one that says the same. */
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
      // The old file is no longer in the folder: nobody needs to know how closing it went.
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
        // Told at the next flush, before anything else is sent.
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

/** What was noted as a record; undefined if that is nothing. */
export function recordOf({ settled, sent, ledger, next, reached }: Noted) {
  const record: { -readonly [Key in keyof JournalRecord]: JournalRecord[Key] } = {};
  if (next !== undefined) record.next = next;
  if (reached !== undefined) record.reached = reached;
  if (settled.length > 0) record.settled = settled;
  if (sent.length > 0) record.sent = sent;
  if (Object.keys(ledger).length > 0) record.ledger = ledger;
  return Object.keys(record).length === 0 ? undefined : record;
}
