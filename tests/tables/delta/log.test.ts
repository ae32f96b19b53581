/** The rules of Delta's transaction protocol that a log of ours keeps, and what it does with a log of others. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../../src/tables/delta/actions.ts';
import { readCheckpoint } from '../../../src/tables/delta/checkpoint.ts';
import { DeltaLog } from '../../../src/tables/delta/delta-log.ts';
import { isLogFile } from '../../../src/tables/delta/log-files.ts';
import { readLog } from '../../../src/tables/delta/read-log.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-delta-log-'));
afterAll(() => rmSync(base, { recursive: true }));
let folder = '';
let tables = 0;
beforeEach(() => {
  folder = path.join(base, String(tables++));
  mkdirSync(folder);
});

const PROTOCOL: Action = { protocol: { minReaderVersion: 1, minWriterVersion: 2 } };
const METADATA: Action = {
  metaData: {
    id: '6f1c4f8e-0000-8000-a000-000000000000',
    name: 'receipts',
    format: { provider: 'parquet', options: {} },
    schemaString: '{"type":"struct","fields":[]}',
    partitionColumns: [],
    createdTime: 5,
    configuration: { 'delta.checkpointInterval': '10' },
  },
};
const fileName = (at: number) => `part-${at}-0000000${at % 10}.parquet`;
const add = (at: number): Action => ({
  add: {
    path: fileName(at),
    partitionValues: {},
    size: at + 1,
    modificationTime: at,
    dataChange: true,
    stats: `{"numRecords":${at}}`,
  },
});
const remove = (at: number): Action => ({
  remove: { path: fileName(at), deletionTimestamp: at, dataChange: true },
});
const txn = (version: number): Action => ({ txn: { appId: 'app', version, lastUpdated: version } });

const logOf = (name = '') => path.join(folder, '_delta_log', name);
const files = (state = readLog(folder)) => [...state.files.keys()].sort();
/** A log whose commit `n` adds file `n` and removes file `n - 1`. */
function turning(commits: number, log = new DeltaLog(folder)): DeltaLog {
  const from = log.state.version + 1;
  for (let version = from; version < from + commits; version++) {
    const first = version === 0 ? [PROTOCOL, METADATA] : [remove(version - 1)];
    writeFileSync(path.join(folder, fileName(version)), '', { flag: 'a' });
    log.commit([...first, txn(version * 1000), add(version)]);
  }
  return log;
}

describe('a commit', () => {
  it('is a file of one action a line, named by its version of twenty digits', () => {
    turning(2);
    expect(readdirSync(logOf()).sort()).toEqual([
      '00000000000000000000.json',
      '00000000000000000001.json',
    ]);
    const lines = readFileSync(logOf('00000000000000000001.json'), 'utf8').trim().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([
      ['remove'],
      ['txn'],
      ['add'],
    ]);
  });

  it('is never written over another of the same version', () => {
    const one = turning(1);
    const other = new DeltaLog(folder);
    turning(1, one);
    expect(() => other.commit([add(7)])).toThrow('another program has made this commit');
    expect(files()).toEqual([fileName(1)]);
  });

  it('says how far an application is, by which nothing is written twice', () => {
    turning(3);
    expect(readLog(folder).transactions.get('app')).toEqual({
      appId: 'app',
      version: 2000,
      lastUpdated: 2000,
    });
  });

  it('belongs to the table whatever the order of its actions: a path removed and added is there', () => {
    const log = turning(1);
    log.commit([add(0), remove(0)]);
    expect(files()).toEqual([fileName(0)]);
  });
});

describe('a checkpoint', () => {
  it('is written after ten commits, and holds the state of the table', () => {
    const log = turning(11);
    expect(JSON.parse(readFileSync(logOf('_last_checkpoint'), 'utf8'))).toMatchObject({
      version: 10,
      numOfAddFiles: 1,
    });
    const actions = readCheckpoint(readFileSync(logOf('00000000000000000010.checkpoint.parquet')));
    expect(actions.slice(0, 3)).toEqual([PROTOCOL, METADATA, txn(10_000)]);
    expect(actions.find((action) => action.add)?.add).toEqual({
      ...add(10).add,
      dataChange: false,
    });
    // Files that the commits since the last checkpoint removed are still known, and there.
    expect(actions.filter((action) => action.remove)).toHaveLength(10);
    expect(log.state.files.size).toBe(1);
  });

  it('is where reading begins: no commit before it is needed', () => {
    turning(13);
    const whole = readLog(folder);
    for (let version = 0; version <= 10; version++) {
      unlinkSync(logOf(`${String(version).padStart(20, '0')}.json`));
    }
    const { version, files: left, metadata, protocol, transactions } = readLog(folder);
    expect({ version, left, metadata, protocol, transactions }).toEqual({
      version: 12,
      left: whole.files,
      metadata: METADATA.metaData,
      protocol: PROTOCOL.protocol,
      transactions: whole.transactions,
    });
  });

  it('is made good when a crash came between a commit and it, with the same bytes', () => {
    turning(11);
    const name = logOf('00000000000000000010.checkpoint.parquet');
    const bytes = readFileSync(name);
    unlinkSync(name);
    unlinkSync(logOf('_last_checkpoint'));
    new DeltaLog(folder);
    expect(readFileSync(name).equals(bytes)).toBe(true);
    expect(readdirSync(logOf())).toContain('_last_checkpoint');
  });

  it('lets files go that left the table ten commits before, and no others', () => {
    turning(21);
    const there = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
    // Commit 11 removed file 10.
    expect(there).toEqual(Array.from({ length: 11 }, (_, at) => fileName(at + 10)).sort());
  });

  it('lets the beginning of a long log go, up to a checkpoint', () => {
    turning(45, new DeltaLog(folder, { keptCommits: 20 }));
    const names = readdirSync(logOf())
      .filter((name) => name.endsWith('.json'))
      .sort();
    expect(names[0]).toBe('00000000000000000021.json');
    expect(readdirSync(logOf())).toContain('00000000000000000020.checkpoint.parquet');
    expect(readLog(folder).version).toBe(44);
  });
});

describe('what a crash leaves', () => {
  it('is removed by the next writer, and seen by no reader', () => {
    turning(1);
    writeFileSync(logOf('00000000000000000001.json.tmp'), '{"add":');
    expect(files()).toEqual([fileName(0)]);
    expect(isLogFile('00000000000000000001.json.tmp')).toBe(true);
    new DeltaLog(folder);
    expect(readdirSync(logOf())).toEqual(['00000000000000000000.json']);
  });
});

describe('the log of another program', () => {
  const foreign = (version: number, ...actions: object[]) =>
    writeFileSync(
      logOf(`${String(version).padStart(20, '0')}.json`),
      actions.map((action) => JSON.stringify(action)).join('\n'),
    );

  it('is read with fields and actions that this program does not know', () => {
    turning(1);
    foreign(
      1,
      { commitInfo: { operation: 'OPTIMIZE' } },
      { domainMetadata: { domain: 'd', configuration: '{}', removed: false } },
      { remove: { ...remove(0).remove, deletionVector: null } },
      { add: { ...add(5).add, path: 'a%20b.parquet', dataChange: false, tags: null } },
    );
    expect(files()).toEqual(['a%20b.parquet']);
    expect(turning(1).state.version).toBe(2);
  });

  it('is not continued where it needs features that this program lacks', () => {
    turning(1);
    foreign(1, {
      protocol: { minReaderVersion: 3, minWriterVersion: 7, readerFeatures: ['deletionVectors'] },
    });
    expect(() => new DeltaLog(folder)).toThrow('features that need a writer of version 7');
  });

  it('is not continued where a commit is missing or damaged, and says what to do', () => {
    turning(3);
    const middle = logOf('00000000000000000001.json');
    const text = readFileSync(middle);
    unlinkSync(middle);
    expect(() => new DeltaLog(folder)).toThrow('its commit 1 is missing');
    writeFileSync(middle, text.subarray(0, 20));
    expect(() => new DeltaLog(folder)).toThrow(
      /its commit 1 can't be read .*remove this folder, and the next run makes the table again/,
    );
  });

  it('is not continued where its checkpoint is damaged', () => {
    turning(11);
    writeFileSync(logOf('00000000000000000010.checkpoint.parquet'), 'PAR1');
    expect(() => new DeltaLog(folder)).toThrow("its checkpoint 10 can't be read");
  });
});
