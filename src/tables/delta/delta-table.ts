/** One table of a world as a Delta table: which files it has at an instant, commit by commit. */
import path from 'node:path';
import type { Column } from '../../domain/columns.ts';
import { makeFolder } from '../../domain/make-folder.ts';
import { fsyncDir } from '../atomic-file.ts';
import type { Action, Metadata } from './actions.ts';
import { type DataFile, isDataFile, placeFile } from './data-files.ts';
import { CHECKPOINT_COMMITS, DeltaLog } from './delta-log.ts';
import { schemaString } from './delta-schema.ts';
import { fileStats } from './file-stats.ts';
import { PROTOCOL, unfitLog } from './read-log.ts';

const ENGINE = 'synthetic-retail';

export interface TableInWorld {
  readonly name: string;
  readonly about: string;
  readonly columns: readonly Column[];
  /** A GUID, the same whenever the same world is made. */
  readonly id: string;
  /** Of the application's transactions: the world. */
  readonly appId: string;
}

/** What a commit makes of a table. */
export interface Step {
  /** Simulated instant of the commit, epoch ms: the only time in the log. */
  readonly atMs: number;
  /** Instant up to which the table is whole then. */
  readonly reachesMs: number;
  /** The files that it then has, among those that `replaces` names. */
  readonly files: readonly DataFile[];
  /** Whether a file of the table is left out if it is not among `files`. */
  readonly replaces: (name: string) => boolean;
}

export class DeltaTable {
  private readonly table: TableInWorld;
  private readonly log: DeltaLog;

  /** Reads the log of the table in a folder, which need not exist. @throws InputError for one that can't be continued */
  constructor(folder: string, table: TableInWorld) {
    this.table = table;
    this.log = new DeltaLog(folder);
    const { metadata } = this.log.state;
    if (metadata !== undefined && metadata.id !== table.id) {
      throw this.unfit('it belongs to another world');
    }
  }

  /** Instant up to which the table is whole, epoch ms; undefined before its first commit. */
  get reachedMs(): number | undefined {
    return this.log.state.transactions.get(this.table.appId)?.version;
  }

  /** Whether the table has files that another program has written. */
  get hasForeignFiles(): boolean {
    return [...this.log.state.files.keys()].some((name) => !isDataFile(name));
  }

  /** An error that says why the table can't be continued, and what to do. */
  unfit(why: string): Error {
    return unfitLog(this.log.folder, why);
  }

  /** Commits a step, also one that changes no file. Throws OutputError. */
  commit(step: Step): void {
    this.log.commit(this.actionsOf(step, this.changesOf(step)));
  }

  /** Commits a step if it changes the table. Throws OutputError. */
  commitChange(step: Step): void {
    const changes = this.changesOf(step);
    const isChange = changes.added.length > 0 || changes.removed.length > 0;
    if (isChange || !this.log.exists) this.log.commit(this.actionsOf(step, changes));
  }

  /** Makes the commits durable. */
  sync(): void {
    this.log.sync();
  }

  private changesOf({ files, replaces }: Step) {
    const { files: there } = this.log.state;
    const wanted = new Set(files.map(({ name }) => name));
    return {
      added: files.filter(({ name }) => !there.has(name)),
      removed: [...there.values()].filter(({ path: name }) => replaces(name) && !wanted.has(name)),
    };
  }

  private actionsOf(
    { atMs, reachesMs }: Step,
    { added, removed }: ReturnType<DeltaTable['changesOf']>,
  ): Action[] {
    const { log, table } = this;
    const { appId, columns } = table;
    if (added.length > 0) makeFolder(log.folder);
    const adds = added.map((file) => {
      const target = path.join(log.folder, file.name);
      placeFile(file, target);
      const { rows, text: stats } = fileStats(target, columns);
      const { name, bytes: size } = file;
      const add = { path: name, partitionValues: {}, size, modificationTime: atMs };
      return { rows, add: { ...add, dataChange: true, stats } };
    });
    // The files are there before the commit that names them.
    if (added.length > 0) fsyncDir(log.folder);
    const removes = removed.map(({ path: name, partitionValues, size }) => ({
      remove: {
        path: name,
        deletionTimestamp: atMs,
        dataChange: true,
        extendedFileMetadata: true,
        partitionValues,
        size,
      },
    }));
    const metaData = this.newMetadata(atMs);
    const isFirst = !log.exists;
    const commitInfo = {
      timestamp: atMs,
      operation: isFirst && added.length === 0 ? 'CREATE TABLE' : 'WRITE',
      operationParameters: {
        mode: removed.length > 0 ? 'Overwrite' : 'Append',
        partitionBy: '[]',
      },
      isBlindAppend: removed.length === 0,
      operationMetrics: {
        numFiles: String(adds.length),
        numOutputRows: String(adds.reduce((sum, { rows }) => sum + rows, 0)),
        numOutputBytes: String(adds.reduce((sum, { add }) => sum + add.size, 0)),
      },
      engineInfo: ENGINE,
    };
    return [
      { commitInfo },
      ...(isFirst ? [{ protocol: PROTOCOL }] : []),
      ...(metaData === undefined ? [] : [{ metaData }]),
      { txn: { appId, version: reachesMs, lastUpdated: atMs } },
      ...removes,
      ...adds.map(({ add }) => ({ add })),
    ];
  }

  /** What the log says of the table, if that is new: at its first commit, and when columns were appended. */
  private newMetadata(atMs: number): Metadata | undefined {
    const { id, name, about, columns } = this.table;
    const { metadata: before } = this.log.state;
    const schema = schemaString(columns, before?.schemaString);
    if (before !== undefined) {
      return before.schemaString === schema ? undefined : { ...before, schemaString: schema };
    }
    return {
      id,
      name,
      description: about,
      format: { provider: 'parquet', options: {} },
      schemaString: schema,
      // Days have files of their own, which engines skip by the instants in them: folders would only be more of them.
      partitionColumns: [],
      createdTime: atMs,
      configuration: {
        'delta.checkpointInterval': String(CHECKPOINT_COMMITS),
        // Its times are simulated: to the clock on the wall the log looks as if it could go.
        'delta.enableExpiredLogCleanup': 'false',
      },
    };
  }
}
