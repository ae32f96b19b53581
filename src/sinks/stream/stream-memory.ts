/** What a publisher asks of the memory of its stream. */
import { Ledger } from './ledger.ts';

/** `Journal` is the one that lasts. */
export interface StreamMemory {
  readonly ledger: Ledger;
  /** Whether an event was settled before: it must not be sent again. */
  skip(partition: number, region: number, sequence: number): boolean;
  /** Whether an event was sent before, in this life or an earlier one. */
  wasSent(partition: number, region: number, sequence: number): boolean;
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
    wasSent: () => false,
    sending: () => {},
    settled: () => {},
    flush: () => {},
    close: async () => {},
  };
}
