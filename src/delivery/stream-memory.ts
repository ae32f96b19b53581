/** The memory of a stream as its publisher uses it. */
import { Ledger } from './ledger.ts';

/** `perhaps` if the memory lost its records: a send then counts as a possible repeat. */
export type SentBefore = 'no' | 'yes' | 'perhaps';

/** `Journal` is the durable implementation. */
export interface StreamMemory {
  readonly ledger: Ledger;
  /** Whether an event was settled: it must not be sent again. */
  skip(partition: number, region: number, sequence: number): boolean;
  /** Whether an event was sent before, in this run or an earlier one. */
  sentBefore(partition: number, region: number, sequence: number): SentBefore;
  sending(partition: number, region: number, sequence: number): void;
  settled(partition: number, region: number, sequence: number): void;
  /** Stores all changes so that they survive the end of the process. @throws OutputError */
  flush(): void;
  close(): Promise<void>;
}

/** Returns a memory with only a ledger, lost with the process: for streams that are not continued. */
export function briefMemory(): StreamMemory {
  return {
    ledger: new Ledger(),
    skip: () => false,
    sentBefore: () => 'no',
    sending: () => {},
    settled: () => {},
    flush: () => {},
    close: async () => {},
  };
}
