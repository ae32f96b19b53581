/**
 * The log of a Delta table of this program: appends commits, and a checkpoint after every ten of them.
 *
 * Files get into the table's folder before the commit that names them, so that no reader misses one; a file that no
 * commit names is none of the table's. Commits of other programs (OPTIMIZE, VACUUM) are read like its own.
 */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../domain/make-folder.ts';
import { fsyncDir } from '../atomic-file.ts';
import { type Action, commitText } from './actions.ts';
import { checkpointBytes } from './checkpoint.ts';
import { isDataFile } from './data-files.ts';
import {
  checkpointName,
  commitName,
  LOG_FOLDER,
  readLogFolder,
  removeUnfinished,
  writeCommit,
  writeLogCheckpoint,
} from './log-files.ts';
import { readLog } from './read-log.ts';
import type { Snapshot } from './snapshot.ts';

/** Commits from one checkpoint to the next: the protocol's usual number. */
export const CHECKPOINT_COMMITS = 10;
/** Commits that stay readable as versions of their own, at least; a stream makes more than a thousand a day. */
const KEPT_COMMITS = 1000;

export class DeltaLog {
  readonly folder: string;
  readonly state: Snapshot;
  private readonly logFolder: string;
  private readonly keptCommits: number;
  private isChanged = false;

  /**
   * Reads the log of the table in a folder, which need not exist.
   * @param options.keptCommits fewer in tests
   * @throws InputError for a log that can't be continued
   */
  constructor(folder: string, { keptCommits = KEPT_COMMITS } = {}) {
    this.folder = folder;
    this.keptCommits = keptCommits;
    this.logFolder = path.join(folder, LOG_FOLDER);
    removeUnfinished(this.logFolder);
    // A crash may have come between a commit and its checkpoint.
    this.state = readLog(folder, (state) => this.checkpointIfDue(state));
  }

  /** Whether the table has a commit. */
  get exists(): boolean {
    return this.state.version >= 0;
  }

  /** Appends a commit; the files that it adds are in the folder. Throws OutputError, and InputError for a taken version. */
  commit(actions: readonly Action[]): void {
    const { logFolder, state } = this;
    const version = state.version + 1;
    if (!fs.existsSync(logFolder)) makeFolder(logFolder);
    writeCommit(logFolder, version, commitText(actions));
    this.isChanged = true;
    state.apply(actions, version);
    this.checkpointIfDue(state);
  }

  /** Makes the commits durable. */
  sync(): void {
    if (!this.isChanged) return;
    fsyncDir(this.logFolder);
    fsyncDir(this.folder);
    this.isChanged = false;
  }

  /** Also removes what lies far enough back: files that are not the table's any more, and the beginning of a long log. */
  private checkpointIfDue(state: Snapshot): void {
    const { version } = state;
    if (version === 0 || version % CHECKPOINT_COMMITS !== 0) return;
    for (const [name, { version: removedAt }] of state.removed) {
      if (removedAt > version - CHECKPOINT_COMMITS) continue;
      // Those of other programs are theirs to remove.
      if (isDataFile(name)) fs.rmSync(path.join(this.folder, name), { force: true });
      state.removed.delete(name);
    }
    const actions = state.actions();
    writeLogCheckpoint(this.logFolder, version, checkpointBytes(actions), {
      actions: actions.length,
      files: state.files.size,
    });
    this.forget(version - this.keptCommits);
  }

  /** Removes commits and checkpoints before a version that has a checkpoint. */
  private forget(before: number): void {
    if (before <= 0) return;
    const { commits, checkpoints } = readLogFolder(this.logFolder);
    const kept = checkpoints.findLast((version) => version <= before);
    if (kept === undefined) return;
    const old = [
      ...commits.filter((version) => version <= kept).map(commitName),
      ...checkpoints.filter((version) => version < kept).map(checkpointName),
    ];
    for (const name of old) fs.rmSync(path.join(this.logFolder, name), { force: true });
  }
}
