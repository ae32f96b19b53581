/** The state of a Delta table after a number of commits: what the protocol calls the reconciliation of actions. */
import type { Action, AddFile, Metadata, Protocol, RemoveFile, Transaction } from './actions.ts';

/** A file that was removed. */
export interface Tombstone {
  readonly remove: RemoveFile;
  /** The commit that removed it. */
  readonly version: number;
}

export class Snapshot {
  /** Of the last commit; -1 before the first. */
  version = -1;
  protocol: Protocol | undefined;
  metadata: Metadata | undefined;
  /** By the id of their application. */
  readonly transactions = new Map<string, Transaction>();
  /** The files of the table, by path. */
  readonly files = new Map<string, AddFile>();
  /** Files that no longer belong to it, by path. */
  readonly removed = new Map<string, Tombstone>();

  /** Takes the actions of the next commit, in whatever order they stand. */
  apply(actions: readonly Action[], version: number): void {
    this.version = version;
    // A path that is removed and added in one commit belongs to the table.
    for (const { remove } of actions) {
      if (remove === undefined) continue;
      this.files.delete(remove.path);
      this.removed.set(remove.path, { remove, version });
    }
    for (const { add, protocol, metaData, txn } of actions) {
      if (protocol !== undefined) this.protocol = protocol;
      if (metaData !== undefined) this.metadata = metaData;
      if (txn !== undefined) this.transactions.set(txn.appId, txn);
      if (add === undefined) continue;
      this.removed.delete(add.path);
      this.files.set(add.path, add);
    }
  }

  /** Returns the state as actions, in a fixed order. */
  actions(): Action[] {
    const { protocol, metadata } = this;
    const byPath = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
    return [
      ...(protocol === undefined ? [] : [{ protocol }]),
      ...(metadata === undefined ? [] : [{ metaData: metadata }]),
      ...[...this.transactions].sort(byPath).map(([, txn]) => ({ txn })),
      // No reader takes the files of a checkpoint for changes.
      ...[...this.files].sort(byPath).map(([, add]) => ({ add: { ...add, dataChange: false } })),
      ...[...this.removed]
        .sort(byPath)
        .map(([, { remove }]) => ({ remove: { ...remove, dataChange: false } })),
    ];
  }
}
