import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError, OutputError } from '../../../src/domain/errors.ts';
import { CsvRegionSink, type OpenPart } from '../../../src/sinks/csv/csv-region.ts';
import { errno, fullDisk, quickFiles, shortWrites } from '../failing-files.ts';
import { DAY_MS, emitFacts, HOUR_MS, START_MS } from '../sample-facts.ts';
import { filesIn } from '../world-folder.ts';

const DAY = START_MS - (START_MS % DAY_MS);
let factsDir: string;
beforeEach(() => {
  factsDir = mkdtempSync(`${tmpdir()}/facts-`);
});
afterEach(() => rmSync(factsDir, { recursive: true }));

function sinkOn(fs = quickFiles): CsvRegionSink {
  return new CsvRegionSink({ factsDir, region: 3, bufferBytes: 600, fs });
}

/** The files of one whole day. */
async function wholeDay(): Promise<Record<string, string>> {
  const sink = sinkOn();
  sink.openDay(DAY);
  emitFacts(sink.facts, DAY, DAY + DAY_MS);
  await sink.closeDay();
  const files = filesIn(factsDir);
  rmSync(factsDir, { recursive: true });
  mkdirSync(factsDir);
  return files;
}

describe('CsvRegionSink', () => {
  it('writes a part for every table and day that has rows, and none without', async () => {
    const sink = sinkOn();
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    await sink.closeDay();
    sink.openDay(DAY + DAY_MS);
    await sink.closeDay();
    sink.openDay(DAY + 2 * DAY_MS);
    expect(sink.suspend()).toEqual([]);
    const files = filesIn(factsDir);
    expect(Object.keys(files).sort()).toEqual(
      ['ble_pings', 'supply_chain_disruption'].map((table) =>
        path.join(table, 'dt=2024-02-28', 'part-3.csv'),
      ),
    );
    const pings = files[path.join('ble_pings', 'dt=2024-02-28', 'part-3.csv')].split('\n');
    expect(pings[0]).toBe('TraceId,EventTS,StoreID,BeaconId,CustomerBLEId,RSSI,Zone,SessionId');
    expect(pings[1]).toBe('S7-0,2024-02-28T06:00:00.000Z,7,B7-0,BLE-04DC06F5,-60,ENTRANCE,S7-0');
  });

  it('counts rows and bytes', async () => {
    const sink = sinkOn();
    sink.openDay(DAY);
    const emitted = emitFacts(sink.facts, DAY, DAY + DAY_MS);
    await sink.closeDay();
    const bytes = Object.values(filesIn(factsDir)).reduce(
      (sum, text) => sum + Buffer.byteLength(text),
      0,
    );
    expect(sink.rows).toBe(emitted);
    expect(sink.bytes).toBe(bytes);
    const { ble_pings, supply_chain_disruption, receipts } = sink.rowsByTable();
    expect([ble_pings + supply_chain_disruption, receipts]).toEqual([emitted, 0]);
  });

  it('hides parts of an open day from part-*.csv', async () => {
    const sink = sinkOn();
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    const complete = () => Object.keys(filesIn(factsDir)).filter((name) => name.endsWith('.csv'));
    expect(complete()).toEqual([]);
    await sink.closeDay();
    expect(complete().length).toBe(2);
  });

  it('lets the next day begin before the last is on disk', async () => {
    const sink = new CsvRegionSink({ factsDir, region: 3 });
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    const first = sink.closeDay();
    sink.openDay(DAY + DAY_MS);
    emitFacts(sink.facts, DAY + DAY_MS, DAY + 2 * DAY_MS);
    await Promise.all([first, sink.closeDay()]);
    const two = filesIn(factsDir);
    rmSync(factsDir, { recursive: true });
    expect(two).toMatchObject(await wholeDay());
  });

  it('goes on with a suspended day, to the same bytes', async () => {
    const whole = await wholeDay();
    let open: OpenPart[] | undefined;
    const cuts = [START_MS + 5 * HOUR_MS, START_MS + 9 * HOUR_MS, DAY + DAY_MS];
    let fromMs = DAY;
    for (const toMs of cuts) {
      const sink = sinkOn();
      sink.openDay(DAY, open);
      emitFacts(sink.facts, fromMs, toMs);
      fromMs = toMs;
      open = sink.suspend();
      const files = filesIn(factsDir);
      for (const { table, dt, bytes } of open) {
        expect(Buffer.byteLength(files[path.join(table, `dt=${dt}`, 'part-3.csv')])).toBe(bytes);
      }
    }
    expect(filesIn(factsDir)).toEqual(whole);
  });

  it('cuts what lies beyond the listed length, and begins anew what is not listed', async () => {
    const whole = await wholeDay();
    const sink = sinkOn();
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, START_MS + 5 * HOUR_MS);
    const open = sink.suspend();
    sink.openDay(DAY, open);
    emitFacts(sink.facts, START_MS + 5 * HOUR_MS, START_MS + 8 * HOUR_MS);
    sink.suspend();
    const again = sinkOn();
    again.openDay(DAY, open);
    emitFacts(again.facts, START_MS + 5 * HOUR_MS, DAY + DAY_MS);
    await again.closeDay();
    expect(filesIn(factsDir)).toEqual(whole);
    again.openDay(DAY);
    emitFacts(again.facts, DAY, DAY + DAY_MS);
    await again.closeDay();
    expect(filesIn(factsDir)).toEqual(whole);
  });

  it('refuses to go on with a part that has lost bytes', () => {
    const sink = sinkOn();
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    const open = sink.suspend();
    const file = path.join(factsDir, 'ble_pings', 'dt=2024-02-28', 'part-3.csv');
    writeFileSync(file, 'TraceId');
    const { bytes } = open.find(({ table }) => table === 'ble_pings')!;
    expect(() => sinkOn().openDay(DAY, open)).toThrow(
      `Cannot continue "${file}": it has 7 bytes, expected at least ${bytes}.`,
    );
    rmSync(file);
    expect(() => sinkOn().openDay(DAY, open)).toThrow(InputError);
  });

  it('copes with a system that takes a few bytes at a time', async () => {
    const whole = await wholeDay();
    const sink = sinkOn(shortWrites(7));
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    await sink.closeDay();
    expect(filesIn(factsDir)).toEqual(whole);
  });

  it('forgets a new day on abort, and takes a resumed one back', async () => {
    const whole = await wholeDay();
    const sink = sinkOn();
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    sink.abort();
    expect(filesIn(factsDir)).toEqual({});
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, START_MS + 5 * HOUR_MS);
    const open = sink.suspend();
    const suspended = filesIn(factsDir);
    sink.openDay(DAY, open);
    emitFacts(sink.facts, START_MS + 5 * HOUR_MS, DAY + DAY_MS);
    sink.abort();
    sink.abort();
    expect(filesIn(factsDir)).toEqual(suspended);
    sink.openDay(DAY, open);
    emitFacts(sink.facts, START_MS + 5 * HOUR_MS, DAY + DAY_MS);
    await sink.closeDay();
    expect(filesIn(factsDir)).toEqual(whole);
  });

  it('says that the disk is full, and leaves what was there', () => {
    const sink = sinkOn(fullDisk(5000));
    sink.openDay(DAY);
    expect(() => emitFacts(sink.facts, DAY, DAY + DAY_MS)).toThrow(
      /^Cannot write ".*part-3\.csv": the disk is full \(ENOSPC\)\. Free some space and run again/,
    );
    sink.abort();
    expect(filesIn(factsDir)).toEqual({});
  });

  it.each([
    ['EACCES', 'permission denied (EACCES). Allow this user to write there'],
    ['EROFS', 'the file system is read-only (EROFS). Make it writable'],
    ['EMFILE', 'too many files are open (EMFILE). Raise the limit of open files'],
    ['EBADMSG', 'EBADMSG: made up (EBADMSG). Fix that and run again'],
  ])('names file, fault and remedy when it can not open: %s', (code, message) => {
    const openSync = () => {
      throw errno(code);
    };
    const sink = sinkOn({ ...quickFiles, openSync });
    sink.openDay(DAY);
    const emit = () => emitFacts(sink.facts, DAY, DAY + DAY_MS);
    expect(emit).toThrow(OutputError);
    expect(emit).toThrow(message);
  });

  it('reports a sync that failed, and closes all files even then', async () => {
    const closed: number[] = [];
    const sink = sinkOn({
      ...quickFiles,
      fdatasync: (_descriptor, done) => done(errno('EIO')),
      closeSync: (fd) => {
        closed.push(fd);
        quickFiles.closeSync(fd);
      },
    });
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, DAY + DAY_MS);
    await expect(sink.closeDay()).rejects.toThrow('the disk failed (EIO)');
    expect(closed.length).toBe(2);
  });

  it('lets an unexpected error through as it is', () => {
    const writeSync = () => {
      throw new TypeError('a bug');
    };
    const sink = sinkOn({ ...quickFiles, writeSync });
    sink.openDay(DAY);
    emitFacts(sink.facts, DAY, START_MS + 60_000);
    expect(() => sink.suspend()).toThrow(TypeError);
  });
});
