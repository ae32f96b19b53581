/** Damaged files: each must be found and named, and the others still be checked. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { readChecks } from '../../src/verify/checks.ts';
import { Database, type Row } from '../../src/verify/database.ts';
import { expectedRows } from '../../src/verify/expected-rows.ts';
import { findTableFiles } from '../../src/verify/files.ts';
import { loadTables } from '../../src/verify/load.ts';
import { MACROS } from '../../src/verify/macros.ts';
import { openWorld, verifyWorld } from '../../src/verify/verify.ts';
import { nodeFiles, type FilePort } from '../../src/sinks/csv/file-port.ts';
import { CODECS, type Codec, ENDINGS } from '../../src/tables/compression.ts';
import { inlineCompressor } from '../sinks/inline-compressor.ts';
import { writeTinyWorld } from './tiny-world.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'tiny-load-'));
const folder = path.join(root, 'world');
const suppliers = path.join(folder, 'master', 'suppliers.csv');
const moves = path.join(folder, 'facts', 'truck_moves', 'dt=2024-03-05', 'part-1.csv');
const onBoard = path.join(folder, 'closing', 'in_transit', 'part-1.csv');
const state = path.join(folder, 'generation_state.json');

/** Texts of damaged files before the damage. */
const whole = new Map<string, string>();

beforeAll(() => writeTinyWorld(folder));
afterEach(() => {
  for (const [file, text] of whole) writeFileSync(file, text);
  whole.clear();
});
afterAll(() => rmSync(root, { recursive: true }));

/** Writes another text into a file, or removes it, until the test is over. */
function damage(file: string, change: (text: string) => string | undefined): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  whole.set(file, text);
  if (changed === undefined) unlinkSync(file);
  else writeFileSync(file, changed);
}

const DAMAGED = ['suppliers', 'truck_moves', 'closing_in_transit'];

interface Loaded {
  readonly problems: Row[];
  readonly rows: number;
  /** What the check of row counts says of truck_moves. */
  readonly counts: Row[];
}

const countsOf = readChecks()
  .find(({ id }) => id === 'C1c')!
  .queries.find((query) => query.includes('FROM truck_moves '))!;

/**
 * Problems found while loading the tables that are damaged here, and rows of truck_moves loaded.
 * @param committed rows of truck_moves by region
 */
async function load(committed: Readonly<Record<number, number>> = {}): Promise<Loaded> {
  const database = await Database.open({ threads: 1 });
  try {
    for (const statement of MACROS) await database.run(statement);
    const [master, facts, closing] = ['master', 'facts', 'closing'].map((name) =>
      path.join(folder, name),
    );
    const tables = await findTableFiles({ master, facts, closing });
    await loadTables(
      database,
      tables.filter(({ table }) => DAMAGED.includes(table)),
    );
    await database.run(
      'CREATE TABLE committed_rows (Region INTEGER, TableName VARCHAR, Rows BIGINT)',
    );
    for (const [region, rows] of Object.entries(committed)) {
      await database.run(`INSERT INTO committed_rows VALUES (${region}, 'truck_moves', ${rows})`);
    }
    const counts = await database.rows(countsOf);
    const problems = await database.rows('FROM load_problems ORDER BY ALL');
    const [{ rows }] = await database.rows('SELECT count(*) AS rows FROM truck_moves');
    return { problems, rows: Number(rows), counts };
  } finally {
    database.close();
  }
}

/** Compresses the damaged table's part of one region, as the run would have. */
async function compress(codec: Codec): Promise<string> {
  await inlineCompressor(codec, plainNamed).compress({ part: moves, bytes: 1e6, keepPlain: true });
  return moves + ENDINGS[codec];
}

/** The file system, where an unfinished plain part is the finished one. */
const plainNamed: FilePort = {
  ...nodeFiles,
  openSync: (file, flags) => nodeFiles.openSync(file === `${moves}.tmp` ? moves : file, flags),
};

describe.each([...CODECS])('a part compressed with %s', (codec) => {
  it('is read as if it were plain, and is wrong beside the plain one', async () => {
    const plain = await load();
    const file = await compress(codec);
    try {
      expect((await load()).problems).toMatchObject([
        { Kind: 'file', File: file, Problem: `the same part as "${moves}"` },
      ]);
      damage(moves, () => undefined);
      expect(await load()).toEqual(plain);
    } finally {
      unlinkSync(file);
    }
  });

  it('that is cut, damaged or has another header is named, and the rest still loaded', async () => {
    const whole = (await load()).rows;
    const inPart = readFileSync(moves, 'utf8').trimEnd().split('\n').length - 1;
    const file = await compress(codec);
    const bytes = readFileSync(file);
    damage(moves, () => undefined);
    try {
      for (const cut of [1, 5, 9, Math.floor(bytes.length / 2)]) {
        writeFileSync(file, bytes.subarray(0, bytes.length - cut));
        const { problems, rows } = await load();
        expect(problems).toMatchObject([{ Kind: 'file', File: file }]);
        expect(problems[0].Problem).toMatch(/^damaged: /);
        expect(rows).toBe(whole - inPart);
      }
      const swapped = Buffer.from(bytes);
      for (let at = bytes.length >> 1; at < (bytes.length >> 1) + 8; at++) swapped[at] ^= 0x5a;
      writeFileSync(file, swapped);
      expect((await load()).problems).not.toEqual([]);
      writeFileSync(moves, 'ID\n');
      await compress(codec);
      unlinkSync(moves);
      const { problems } = await load();
      expect(problems).toMatchObject([{ File: file }]);
      expect(problems[0].Problem).toMatch(/^header is "ID", expected /);
    } finally {
      unlinkSync(file);
    }
  });
});

describe('loading', () => {
  it('finds nothing in a good world', async () => {
    expect((await load()).problems).toEqual([]);
  });

  it('names a master that is missing', async () => {
    damage(suppliers, () => undefined);
    const { problems } = await load();
    expect(problems).toMatchObject([
      { Kind: 'file', TableName: 'suppliers', File: suppliers, Problem: 'missing' },
    ]);
  });

  it('needs no part for a day without rows, and finds missing parts by the committed rows', async () => {
    const { rows } = await load();
    expect((await load({ 1: rows })).counts).toEqual([]);
    const inPart = readFileSync(moves, 'utf8').trimEnd().split('\n').length - 1;
    damage(moves, () => undefined);
    const cut = await load();
    expect(cut).toMatchObject({ problems: [], counts: [] });
    expect((await load({ 1: rows, 2: 7 })).counts).toEqual([
      {
        TableName: 'truck_moves',
        Region: 1,
        Rows: String(rows - inPart),
        Committed: String(rows),
      },
      { TableName: 'truck_moves', Region: 2, Rows: '0', Committed: '7' },
    ]);
  });

  it('reads them from the manifest beside the facts', async () => {
    const { rows } = await load();
    const manifest = path.join(folder, 'checkpoint', 'manifest.json');
    expect(expectedRows(folder)).toEqual(new Map());
    mkdirSync(path.dirname(manifest));
    writeFileSync(
      manifest,
      JSON.stringify({ regions: [{ id: 1, rows: { truck_moves: rows } }, { id: 2 }] }),
    );
    try {
      expect(expectedRows(folder)).toEqual(new Map([[1, { truck_moves: rows }]]));
    } finally {
      rmSync(path.dirname(manifest), { recursive: true });
    }
  });

  it('names a part without rows, and a table without any part', async () => {
    const empty = path.join(path.dirname(moves), 'part-2.csv');
    writeFileSync(empty, `${readFileSync(moves, 'utf8').split('\n')[0]}\n`);
    try {
      const { problems, counts } = await load();
      expect(problems).toEqual([]);
      expect(counts).toMatchObject([{ TableName: 'truck_moves', Region: 2, Rows: '0' }]);
    } finally {
      unlinkSync(empty);
    }
    const table = path.join(folder, 'facts', 'truck_moves');
    renameSync(table, `${table}.away`);
    try {
      expect((await load()).problems).toMatchObject([
        {
          Kind: 'file',
          TableName: 'truck_moves',
          File: table,
          Problem: expect.stringMatching(/^no part, /),
        },
      ]);
    } finally {
      renameSync(`${table}.away`, table);
    }
  });

  it.each([
    ['another name', 'ShipmentId', 'Shipment'],
    ['a column too few', ',DutyDrivingMinutes\n', '\n'],
    ['another order', 'ETA,ETD', 'ETD,ETA'],
    ['a carriage return', 'DutyDrivingMinutes\n', 'DutyDrivingMinutes\r\n'],
    ['a byte order mark', 'TraceId', '\ufeffTraceId'],
  ])('refuses a header with %s, and leaves the file out', async (_what, from, to) => {
    const all = (await load()).rows;
    damage(moves, (text) => text.replace(from, to));
    const { problems, rows } = await load();
    expect(problems).toMatchObject([
      { Kind: 'file', TableName: 'truck_moves', File: moves, Line: '1' },
    ]);
    expect(problems[0].Problem).toContain('expected "TraceId,EventTS,TruckId');
    expect(rows).toBeLessThan(all);
  });

  it.each([
    ['a status that does not exist', /UNLOADING/, 'DOZING', 'Status'],
    [
      'an instant without milliseconds',
      '2024-03-05T03:30:00.000Z',
      '2024-03-05T03:30:00Z',
      'EventTS',
    ],
    ['an instant of a zone', '2024-03-05T03:30:00.000Z', '2024-03-05T03:30:00.000+01', 'EventTS'],
    ['a word for a number', /^(H1-0,[^,]*),1,/m, '$1,one,', 'TruckId'],
    ['a field too few', /^(H1-0,[^,]*),1,/m, '$1,', null],
    ['a field too many', /^(H1-0,[^,]*),1,/m, '$1,1,1,', null],
  ])('names the row with %s, and loads the others', async (_what, from, to, column) => {
    const all = (await load()).rows;
    damage(moves, (text) => text.replace(from, to));
    const { problems, rows } = await load();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatchObject({ Kind: 'row', TableName: 'truck_moves', File: moves });
    expect(Number(problems[0].Line)).toBeGreaterThan(1);
    if (column !== null) expect(problems.map(({ ColumnName }) => ColumnName)).toContain(column);
    expect(rows).toBe(all - 1);
  });

  it.each(['H1', 'h1-0', 'J1-0', 'H1-', 'H-1', 'H1-0x'])(
    'names an id that is none: "%s"',
    async (text) => {
      damage(onBoard, (rows) => `${rows}2,"${text}",1,5\n`);
      const { problems } = await load();
      expect(problems).toMatchObject([
        { Kind: 'row', TableName: 'closing_in_transit', ColumnName: 'ShipmentId' },
      ]);
      expect(problems[0].Problem).toContain(`got "${text}"`);
    },
  );

  it('keeps the order of parts and rows', async () => {
    const database = await Database.open();
    try {
      await openWorld(database, folder, {}, 'view');
      const [{ order }] = await database.rows(`
        SELECT count(*) AS "order" FROM (
          SELECT row_number() OVER (ORDER BY p.dt, p.Region, t.EventTS, t.rowid) AS Expected,
            row_number() OVER (ORDER BY t.rowid) AS Actual
          FROM ble_pings t JOIN parts p USING (Part)
        ) WHERE Expected <> Actual`);
      expect(Number(order)).toBe(0);
    } finally {
      database.close();
    }
  });
});

describe('verifyWorld', () => {
  it('reports the damage, and the window of the run', async () => {
    damage(path.join(folder, 'master', 'trucks.csv'), (text) =>
      text.replace('PA AAA-0001', 'PA AAA-0002'),
    );
    const report = await verifyWorld(folder, { threads: 1 });
    expect(report).toMatchObject({
      world: folder,
      from: '2024-03-04T00:00:00.000Z',
      to: '2024-03-06T14:00:00.000Z',
      broken: 1,
    });
    expect(report.factRows).toBeGreaterThan(3000);
    expect(report.checks.find(({ violations }) => violations > 0)).toMatchObject({
      id: '01b',
      violations: 1,
      example: { TableName: 'trucks', KeyColumn: 'LicensePlate', KeyValue: 'PA AAA-0002' },
    });
  });

  it('shows ids as the files do', async () => {
    damage(onBoard, (text) => text.replace(',24\n', ',25\n'));
    const report = await verifyWorld(folder, { threads: 1 });
    const { example } = report.checks.find(({ id }) => id === '17b')!;
    expect(example).toMatchObject({ ShipmentId: 'H1-2', ProductID: 1 });
  });

  it.each([
    ['no folder', undefined, 'has no generation_state.json'],
    [
      'no history yet',
      '{"historical_start_date":"2024-01-01T00:00:00.000Z","last_generated_timestamp":null}',
      'Generate a history first',
    ],
    ['a state that is no JSON', '{', 'generation_state.json'],
  ])('refuses a world with %s', async (_what, text, message) => {
    damage(state, () => text);
    await expect(verifyWorld(folder)).rejects.toThrow(InputError);
    await expect(verifyWorld(folder)).rejects.toThrow(message);
  });

  it('leaves no temporary files behind', async () => {
    const temporary = mkdtempSync(path.join(root, 'temporary-'));
    await verifyWorld(folder, { threads: 1, temporary });
    expect(readdirSync(temporary)).toEqual([]);
  });
});
