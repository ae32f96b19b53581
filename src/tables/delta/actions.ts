/**
 * The actions of a Delta table's transaction log, as the protocol has them, and their text: a line of JSON each, always
 * with the same fields in the same order, so that the same commit has the same bytes.
 *
 * https://github.com/delta-io/delta/blob/master/PROTOCOL.md
 */

export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
}

export interface Metadata {
  /** A GUID. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly format: {
    readonly provider: string;
    readonly options: Readonly<Record<string, string>>;
  };
  /** Columns and their types (delta-schema.ts). */
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  /** Epoch ms. */
  readonly createdTime?: number | undefined;
  readonly configuration: Readonly<Record<string, string>>;
}

/** A file that belongs to the table from this commit on. */
export interface AddFile {
  /** From the table's folder on, percent-encoded like a URI. */
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly size: number;
  /** Epoch ms. */
  readonly modificationTime: number;
  readonly dataChange: boolean;
  /** Text of JSON (file-stats.ts). */
  readonly stats?: string | undefined;
}

/** A file that no longer belongs to the table. */
export interface RemoveFile {
  readonly path: string;
  /** Epoch ms. */
  readonly deletionTimestamp?: number | undefined;
  readonly dataChange: boolean;
  readonly extendedFileMetadata?: boolean | undefined;
  readonly partitionValues?: Readonly<Record<string, string>> | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
}

/** How far an application has come: who writes a commit again can see that it is there. */
export interface Transaction {
  readonly appId: string;
  readonly version: number;
  /** Epoch ms. */
  readonly lastUpdated?: number | undefined;
}

/** Where a commit comes from; readers show it as the table's history. */
export type CommitInfo = Readonly<Record<string, unknown>>;

/** One action: exactly one of the fields; those of other writers that this program does not know are left out. */
export interface Action {
  readonly commitInfo?: CommitInfo;
  readonly protocol?: Protocol;
  readonly metaData?: Metadata;
  readonly txn?: Transaction;
  readonly add?: AddFile;
  readonly remove?: RemoveFile;
}

/** Returns the text of a commit. */
export function commitText(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

/** Returns the actions of a commit's text. @throws SyntaxError for a line that is no JSON */
export function parseCommit(text: string): Action[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Action);
}
