/**
 * Batches of one partition in segment files. The newest segment is in memory too; older ones are read
 * when a receiver asks for them. Whole segments are dropped, oldest first.
 */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../domain/make-folder.ts';
import { InputError } from '../../domain/errors.ts';
import type { ProducerMark } from '../batch.ts';
import type { Retention } from '../partition-log.ts';
import { type ProducerEntry, Producers } from '../producers.ts';
import {
  type BatchPlace,
  EMPTY_LOG,
  endSequence,
  firstIndex,
  type LogEnd,
  type Shelf,
} from '../shelf.ts';
import type { StoredBatch } from '../stamp.ts';
import { batchHead } from './batch-record.ts';
import { RECORD } from './record.ts';
import {
  damaged,
  endOf,
  firstSequenceOf,
  readSegment,
  type SegmentContent,
  segmentName,
} from './segment.ts';
import type { SegmentCache } from './segment-cache.ts';
import { SegmentWriter, StorageFault } from './segment-writer.ts';

const MOST_SEGMENT_BYTES = 8 * 1024 * 1024;
const LEAST_SEGMENT_BYTES = 4 * 1024;
/** A partition is split into at least this many segments, so that few events are dropped at once. */
const SEGMENTS = 8;

/** A complete segment: no more records are added. */
interface Sealed {
  readonly file: string;
  readonly firstSequence: number;
  readonly last: BatchPlace;
  /** Size of its events. */
  readonly bytes: number;
}

export class DiskShelf implements Shelf {
  readonly producers: Producers;
  retainedBytes = 0;
  end: LogEnd = EMPTY_LOG;
  private readonly folder: string;
  private readonly mostBytes: number;
  private readonly segmentBytes: number;
  private readonly cache: SegmentCache;
  private readonly sealed: Sealed[] = [];
  private writer: SegmentWriter;
  private batches: StoredBatch[] = [];
  private activeBytes = 0;
  private sealing: 'no' | 'syncing' | 'ready' = 'no';

  /**
   * Opens a partition and checks every record. Incomplete bytes that a crash left at the end are cut off.
   * @param onNote called with a description of what was cut off
   * @throws InputError if a file is damaged or missing
   */
  constructor(
    folder: string,
    retention: Retention,
    cache: SegmentCache,
    onNote: (sentence: string) => void,
  ) {
    this.folder = folder;
    this.mostBytes = retention.bytes;
    this.segmentBytes = Math.min(
      Math.max(Math.floor(retention.bytes / SEGMENTS), LEAST_SEGMENT_BYTES),
      MOST_SEGMENT_BYTES,
    );
    this.cache = cache;
    this.producers = new Producers((entry) => this.addProducer(entry));
    this.writer = this.openAll(onNote);
  }

  get beginSequence(): number | undefined {
    return (this.sealed[0] ?? this.batches[0])?.firstSequence;
  }

  add(batch: StoredBatch, producer: ProducerMark | undefined): void {
    this.sealIfFull();
    const head = batchHead(batch, producer);
    this.writer.append(RECORD.batch, [head, batch.bytes]);
    this.batches.push(batch);
    this.activeBytes += batch.bytes.length;
    this.retainedBytes += batch.bytes.length;
    this.end = endOf(batch);
  }

  expire(oldestMs: number): void {
    if (this.batches.length > 0 && this.end.lastEnqueuedMs < oldestMs) this.sealIfPossible();
    while (this.sealed.length > 0) {
      const [{ file, bytes, last }] = this.sealed;
      if (this.retainedBytes <= this.mostBytes && last.enqueuedMs >= oldestMs) break;
      this.sealed.shift();
      this.retainedBytes -= bytes;
      this.cache.drop(file);
      fs.rmSync(file, { force: true });
    }
  }

  first(has: (place: BatchPlace) => boolean): StoredBatch | undefined {
    // Most receivers are at the end.
    const last = this.sealed.at(-1);
    if (last === undefined || !has(last.last)) return this.batches[firstIndex(this.batches, has)];
    let low = 0;
    let high = this.sealed.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (has(this.sealed[middle].last)) high = middle;
      else low = middle + 1;
    }
    const batches = this.read(this.sealed[low]);
    return batches[firstIndex(batches, has)];
  }

  all(): readonly StoredBatch[] {
    return [...this.sealed.flatMap((segment) => this.read(segment)), ...this.batches];
  }

  /** Resolves when everything added so far is on disk. */
  sync(): Promise<void> {
    return this.writer.sync();
  }

  /** Syncs everything to disk and closes the files. */
  close(): void {
    this.writer.closeNow();
  }

  private addProducer(entry: ProducerEntry): void {
    this.writer.append(RECORD.producer, [Buffer.from(JSON.stringify(entry))]);
  }

  /** Starts to sync a full segment while records are still added, so that sealing it does not wait long. */
  private sealIfFull(): void {
    if (this.writer.size < this.segmentBytes || this.batches.length === 0) return;
    // A slow disk must not let a segment grow without limit.
    if (this.sealing === 'ready' || this.writer.size >= 2 * this.segmentBytes) this.seal();
    else if (this.sealing === 'no') {
      this.sealing = 'syncing';
      const { writer } = this;
      const ready = () => {
        if (this.writer === writer) this.sealing = 'ready';
      };
      // A failure is reported when the segment is sealed.
      writer.sync().then(ready, ready);
    }
  }

  /** Drops old events. If there is no room for a new file, they stay for now. */
  private sealIfPossible(): void {
    try {
      this.seal();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
    }
  }

  /** Starts a new segment, after the last one is on disk: only the newest can have a torn end. */
  private seal(): void {
    const { writer, batches, activeBytes } = this;
    writer.syncNow();
    this.writer = this.begin();
    writer.closeNow();
    const { file } = writer;
    const last = placeOf(batches[batches.length - 1]);
    this.sealed.push({ file, firstSequence: batches[0].firstSequence, last, bytes: activeBytes });
    this.cache.put(file, batches, activeBytes);
    this.batches = [];
    this.activeBytes = 0;
    this.sealing = 'no';
  }

  private begin(): SegmentWriter {
    const file = path.join(this.folder, segmentName(this.end.nextSequence));
    const writer = new SegmentWriter(file, 0);
    const state = { ...this.end, producers: this.producers.entries() };
    try {
      writer.append(RECORD.state, [Buffer.from(JSON.stringify(state))]);
    } catch (error) {
      writer.abandon();
      throw error;
    }
    return writer;
  }

  private read({ file, bytes, last }: Sealed): readonly StoredBatch[] {
    const cached = this.cache.get(file);
    if (cached !== undefined) return cached;
    const content = contentOf(file);
    if (content?.end.nextSequence !== endSequence(last)) {
      throw damaged(file, content?.wholeBytes ?? 0);
    }
    this.cache.put(file, content.batches, bytes);
    return content.batches;
  }

  private openAll(onNote: (sentence: string) => void): SegmentWriter {
    makeFolder(this.folder);
    const names = fs
      .readdirSync(this.folder)
      .filter((name) => firstSequenceOf(name) !== undefined)
      .sort();
    let open: { readonly file: string; readonly content: SegmentContent } | undefined;
    for (const [index, name] of names.entries()) {
      const file = path.join(this.folder, name);
      const content = contentOf(file);
      if (content === undefined) {
        if (index < names.length - 1) throw damaged(file, 0);
        onNote(
          `"${file}" was created just before the hub was killed and holds nothing: it is removed.`,
        );
        fs.rmSync(file);
        break;
      }
      if (open !== undefined) this.keepSealed(open.file, open.content);
      if (index > 0 && content.state.nextSequence !== this.end.nextSequence) {
        throw missing(file, this.end.nextSequence, content.state.nextSequence);
      }
      this.end = content.end;
      open = { file, content };
    }
    if (open === undefined) return this.begin();
    return this.reopen(open.file, open.content, onNote);
  }

  private keepSealed(file: string, content: SegmentContent): void {
    const { batches, wholeBytes } = content;
    if (fs.statSync(file).size > wholeBytes) throw damaged(file, wholeBytes);
    const last = batches.at(-1);
    if (last === undefined) {
      // All of its events have expired, and nothing was added since.
      fs.rmSync(file);
      return;
    }
    const bytes = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
    this.sealed.push({ file, firstSequence: batches[0].firstSequence, last: placeOf(last), bytes });
    this.retainedBytes += bytes;
  }

  private reopen(
    file: string,
    content: SegmentContent,
    onNote: (sentence: string) => void,
  ): SegmentWriter {
    const { batches, state, producerSteps, wholeBytes } = content;
    const torn = fs.statSync(file).size - wholeBytes;
    if (torn > 0)
      onNote(`The last ${torn} bytes of "${file}" were not written completely: they are cut off.`);
    this.batches = [...batches];
    this.activeBytes = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
    this.retainedBytes += this.activeBytes;
    for (const entry of state.producers) this.producers.restore(entry);
    for (const step of producerSteps) {
      if ('came' in step) this.producers.restore(step.came);
      else this.producers.stored(step.stored, step.count);
    }
    return new SegmentWriter(file, wholeBytes);
  }
}

/** The fields of a batch that a search needs, without its bytes. */
function placeOf({ firstSequence, ends, endOffset, enqueuedMs }: StoredBatch): BatchPlace {
  return { firstSequence, ends: { length: ends.length }, endOffset, enqueuedMs };
}

function contentOf(file: string): SegmentContent | undefined {
  return readSegment(file, fs.readFileSync(file));
}

function missing(file: string, expected: number, found: number): InputError {
  return new InputError(
    `Cannot read "${path.dirname(file)}": events ${expected} to ${found - 1} are missing before ` +
      `"${path.basename(file)}". Put back the file that held them, or remove the folder of the hub ` +
      'and start again',
  );
}
