/** One file of a partition: how far the partition reached before the file, then batches in order. */
import path from 'node:path';
import { InputError } from '../../domain/errors.ts';
import type { ProducerMark } from '../batch.ts';
import type { ProducerEntry } from '../producers.ts';
import { type BatchPlace, endSequence, type LogEnd } from '../shelf.ts';
import type { StoredBatch } from '../stamp.ts';
import { readBatch } from './batch-record.ts';
import { hasRecordAfter, RECORD, recordAt } from './record.ts';

const NAME = /^(\d{16})\.segment$/;

/** The content of the first record of a segment. */
export interface SegmentState extends LogEnd {
  readonly producers: readonly ProducerEntry[];
}

export interface SegmentContent {
  readonly state: SegmentState;
  readonly batches: readonly StoredBatch[];
  /** How far the partition reaches with this segment. */
  readonly end: LogEnd;
  /** Changes of producers, in order. */
  readonly producerSteps: readonly ProducerStep[];
  /** Bytes of complete records; the bytes after them are a torn end. */
  readonly wholeBytes: number;
}

export type ProducerStep =
  | { readonly came: ProducerEntry }
  | { readonly stored: ProducerMark; readonly count: number };

export function segmentName(firstSequence: number): string {
  return `${String(firstSequence).padStart(16, '0')}.segment`;
}

/** Returns the sequence number in the name of a segment; undefined for any other file. */
export function firstSequenceOf(name: string): number | undefined {
  const match = NAME.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** Reads a segment; undefined if even its first record is incomplete. Throws InputError if it is damaged. */
export function readSegment(file: string, bytes: Buffer): SegmentContent | undefined {
  const first = recordAt(bytes, 0);
  if (first === undefined) {
    if (hasRecordAfter(bytes, 0)) throw damaged(file, 0);
    return undefined;
  }
  if (first.kind !== RECORD.state) throw damaged(file, 0);
  const state = parsed(first.content, file, 0) as SegmentState;
  if (state.nextSequence !== firstSequenceOf(path.basename(file))) throw damaged(file, 0);
  const batches: StoredBatch[] = [];
  const producerSteps: ProducerStep[] = [];
  let end: LogEnd = state;
  let at = first.next;
  for (let record = recordAt(bytes, at); record !== undefined; record = recordAt(bytes, at)) {
    const { kind, content, next } = record;
    if (kind === RECORD.producer) {
      producerSteps.push({ came: parsed(content, file, at) as ProducerEntry });
    } else if (kind === RECORD.batch) {
      const { batch, producer } = readBatch(content);
      if (batch.firstSequence !== end.nextSequence) throw damaged(file, at);
      batches.push(batch);
      end = endOf(batch);
      if (producer !== undefined) {
        producerSteps.push({ stored: producer, count: batch.ends.length });
      }
    } else throw damaged(file, at);
    at = next;
  }
  if (hasRecordAfter(bytes, at)) throw damaged(file, at);
  return { state, batches, end, producerSteps, wholeBytes: at };
}

/** Returns how far a partition reaches with this batch as its last one. */
export function endOf(batch: BatchPlace & Pick<StoredBatch, 'firstOffset' | 'offsets'>): LogEnd {
  const { firstOffset, offsets, endOffset, enqueuedMs } = batch;
  return {
    nextSequence: endSequence(batch),
    nextOffset: endOffset,
    lastOffset: firstOffset + offsets[offsets.length - 1],
    lastEnqueuedMs: enqueuedMs,
  };
}

export function damaged(file: string, at: number): InputError {
  return new InputError(
    `Cannot read "${file}": it is damaged at byte ${at}, and what follows is not the torn end of a ` +
      'write. Put back a copy of the file, or remove the folder of the hub and start again',
  );
}

function parsed(content: Buffer, file: string, at: number): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    throw damaged(file, at);
  }
}
