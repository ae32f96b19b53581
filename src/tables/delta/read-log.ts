/** Reads the log of a Delta table: from its last checkpoint on, commit by commit. */
import fs from 'node:fs';
import path from 'node:path';
import { InputError, reasonOf } from '../../domain/errors.ts';
import { parseCommit } from './actions.ts';
import { readCheckpoint } from './checkpoint.ts';
import { checkpointName, commitName, LOG_FOLDER, readLogFolder } from './log-files.ts';
import { Snapshot } from './snapshot.ts';

/** What every reader and writer since 2020 can do: no feature beyond tables of files. */
export const PROTOCOL = { minReaderVersion: 1, minWriterVersion: 2 } as const;

/**
 * Returns the state of the table in a folder; its version is -1 without a log.
 * @param onCommit called after each commit that was read from a file of its own
 * @throws InputError for a log that is damaged, or has features that this program does not know
 */
export function readLog(folder: string, onCommit: (state: Snapshot) => void = () => {}): Snapshot {
  const logFolder = path.join(folder, LOG_FOLDER);
  const state = new Snapshot();
  const { commits, checkpoints } = readLogFolder(logFolder);
  const checkpointed = checkpoints.at(-1);
  const content = (name: string) => fs.readFileSync(path.join(logFolder, name));
  const guarded = (what: string, read: () => void) => {
    try {
      read();
    } catch (error) {
      throw unfitLog(folder, `its ${what} can't be read (${reasonOf(error)})`);
    }
  };
  if (checkpointed !== undefined) {
    guarded(`checkpoint ${checkpointed}`, () =>
      state.apply(readCheckpoint(content(checkpointName(checkpointed))), checkpointed),
    );
  }
  for (const version of commits) {
    if (version <= state.version) continue;
    const next = state.version + 1;
    if (version !== next) throw unfitLog(folder, `its commit ${next} is missing`);
    guarded(`commit ${version}`, () =>
      state.apply(parseCommit(content(commitName(version)).toString('utf8')), version),
    );
    onCommit(state);
  }
  const { minReaderVersion = 0, minWriterVersion = 0 } = state.protocol ?? {};
  const isKnown =
    minReaderVersion <= PROTOCOL.minReaderVersion && minWriterVersion <= PROTOCOL.minWriterVersion;
  if (isKnown) return state;
  throw unfitLog(
    folder,
    `another program has turned on features that need a writer of version ${minWriterVersion}`,
  );
}

/** An error that says why a log can't be continued, and what to do. */
export function unfitLog(folder: string, why: string): InputError {
  return new InputError(
    `Cannot go on with the Delta table "${folder}": ${why}. Its rows are in the world's own files too: ` +
      'remove this folder, and the next run makes the table again.',
  );
}
