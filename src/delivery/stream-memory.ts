/** What a publisher asks of the memory of its stream. */
import { Ledger } from './ledger.ts';

/** `perhaps` where the memory has lost what it knew: a send then counts as a possible repeat. */
export type SentBefore = 'no' | 'yes' | 'perhaps';

/** `Journal` is the one that lasts. */
export interface StreamMemory {
  readonly ledger: Ledger;
  /** Whether an event was settled before: it must not be sent again. */
  skip(partition: number, region: number, sequence: number): boolean;
  /** Whether an event was sent before, in this life or an earlier one. */
  sentBefore(partition: number, region: number, sequence: number): SentBefore;
  sending(partition: number, region: number, sequence: number): void;
  settled(partition: number, region: number, sequence: number): void;
  /** Makes what was noted outlive the process. @throws OutputError */
  flush(): void;
  close(): Promise<void>;
}

/** Remembers the ledger alone, and as long as the process lives: for streams that nobody continues. */
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
