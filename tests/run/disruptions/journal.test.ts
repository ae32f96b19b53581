import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/domain/errors.ts';
import type { LiveCommand } from '../../../src/domain/live-disruption.ts';
import { HOUR_MS } from '../../../src/engine/time.ts';
import { adoptJournal } from '../../../src/run/disruptions/adopt.ts';
import { takeWaiting } from '../../../src/run/disruptions/desk.ts';
import { commandsHad } from '../../../src/run/disruptions/had.ts';
import { putRequest, removeRequest, waitingRequests } from '../../../src/run/disruptions/inbox.ts';
import { isInboxFile } from '../../../src/store/world-files.ts';
import { appendToJournal, readDisruptionJournal } from '../../../src/run/disruptions/journal.ts';
import { parseDisruption } from '../../../src/run/disruptions/request.ts';
import { standingOf } from '../../../src/run/disruptions/standing.ts';
import { worldPaths } from '../../../src/store/paths.ts';
import { worldContent } from '../../../src/store/world-files.ts';
import { messageOf, temporaryFolder } from '../../world/fixtures.ts';

const AT_MS = Date.parse('2024-03-09T15:20:10.123Z');
const disruption = parseDisruption({
  type: 'truck_breakdown',
  target: { trucks: [5, 2, 5] },
  severity: 0.504,
  durationMs: HOUR_MS,
  description: 'Bad fuel, "again"',
});

describe('requests', () => {
  it('are accepted once, in order of creation, and removed', () => {
    const paths = worldPaths(temporaryFolder());
    putRequest(paths.inbox, { command: 'create', disruption });
    putRequest(paths.inbox, { command: 'create', disruption });
    putRequest(paths.inbox, { command: 'cancel', number: 1 });
    putRequest(paths.inbox, { command: 'clear' });
    const told: string[] = [];
    const commands = takeWaiting(
      paths,
      () => AT_MS,
      (sentence) => told.push(sentence),
    );
    expect(commands).toEqual([
      {
        kind: 'create',
        atMs: AT_MS,
        disruption: {
          number: 1,
          type: 'truck_breakdown',
          target: { trucks: [2, 5] },
          severityPercent: 50,
          description: 'Bad fuel, "again"',
          startMs: AT_MS,
          endMs: AT_MS + HOUR_MS,
        },
      },
      expect.objectContaining({ kind: 'create' }),
      { kind: 'cancel', atMs: AT_MS, numbers: [1] },
      { kind: 'cancel', atMs: AT_MS, numbers: [2] },
    ]);
    expect(told).toEqual([
      'Disruption L1: truck_breakdown of truck:2,5, Bad fuel, "again".',
      'Disruption L2: truck_breakdown of truck:2,5, Bad fuel, "again".',
      'Disruptions cancelled: L1.',
      'Disruptions cancelled: L2.',
    ]);
    expect(readdirSync(paths.inbox)).toEqual([]);
    const { entries } = readDisruptionJournal(paths.liveJournal);
    expect(entries.map(({ command }) => command)).toEqual(commands);
    expect(takeWaiting(paths, () => AT_MS)).toEqual([]);
  });

  it('are not taken up twice when a crash left them there', () => {
    const paths = worldPaths(temporaryFolder());
    const key = putRequest(paths.inbox, { command: 'create', disruption });
    const file = path.join(paths.inbox, `${key}.json`);
    const content = readFileSync(file);
    takeWaiting(paths, () => AT_MS);
    writeFileSync(file, content);
    expect(takeWaiting(paths, () => AT_MS)).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  it('hold from no earlier than what was taken up before', () => {
    const paths = worldPaths(temporaryFolder());
    putRequest(paths.inbox, { command: 'create', disruption });
    takeWaiting(paths, () => AT_MS);
    putRequest(paths.inbox, { command: 'clear' });
    expect(takeWaiting(paths, () => AT_MS - HOUR_MS)).toMatchObject([{ atMs: AT_MS }]);
  });

  it('that are half written are not seen, and what is none is put aside', () => {
    const paths = worldPaths(temporaryFolder());
    const key = putRequest(paths.inbox, { command: 'clear' });
    removeRequest(paths.inbox, key);
    writeFileSync(path.join(paths.inbox, `${key}.json.tmp`), '{"comm');
    writeFileSync(path.join(paths.inbox, `${key}.json`), '{"command":"explode"}');
    const refused: string[] = [];
    expect(waitingRequests(paths.inbox, (file) => refused.push(path.basename(file)))).toEqual([]);
    expect(refused).toEqual([`${key}.json.refused`]);
    expect(readdirSync(paths.inbox).every(isInboxFile)).toBe(true);
    expect(worldContent(paths).foreign).toEqual([]);
    expect(worldContent(paths).own).toHaveLength(2);
  });
});

describe('the journal', () => {
  const command: LiveCommand = { kind: 'cancel', atMs: AT_MS, numbers: [] };

  it('is cut back to its last whole line before it goes on', () => {
    const file = path.join(temporaryFolder(), 'live', 'journal.ndjson');
    appendToJournal(file, 0, [{ command, key: 'a' }]);
    appendFileSync(file, '{"command":"can');
    const { entries, wholeBytes } = readDisruptionJournal(file);
    expect(entries).toHaveLength(1);
    appendToJournal(file, wholeBytes, [{ command, key: 'b' }]);
    expect(readDisruptionJournal(file).entries.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it.each([
    ['{"command":"cancel"', 'line 2'],
    [
      '{"command":"cancel","at":"2024-03-09","ids":["L1"],"key":"k"}',
      'before that of the previous line',
    ],
    ['{"command":"cancel","at":"2025-03-09","ids":["one"],"key":"k"}', 'not an id such as L1'],
    ['{"command":"create","at":"2025-03-09","key":"k"}', 'line 2'],
  ])('is refused with a line %s', (line, why) => {
    const file = path.join(temporaryFolder(), 'journal.ndjson');
    appendToJournal(file, 0, [{ command, key: 'a' }]);
    appendFileSync(file, `${line}\n`);
    expect(messageOf(() => readDisruptionJournal(file))).toContain(why);
  });

  it('is taken over by a world that begins, once or again, and by no other', () => {
    const [from, to] = [worldPaths(temporaryFolder()), worldPaths(temporaryFolder())];
    appendToJournal(from.liveJournal, 0, [{ command, key: 'a' }]);
    expect(messageOf(() => adoptJournal(to, from.liveJournal, AT_MS + 1, undefined))).toContain(
      'takes effect at 2024-03-09T15:20:10.123Z',
    );
    adoptJournal(to, from.liveJournal, AT_MS, undefined);
    adoptJournal(to, from.liveJournal, AT_MS, undefined);
    expect(readFileSync(to.liveJournal)).toEqual(readFileSync(from.liveJournal));
    appendToJournal(to.liveJournal, readFileSync(to.liveJournal).length, [{ command, key: 'b' }]);
    adoptJournal(to, from.liveJournal, AT_MS, undefined);
    expect(messageOf(() => adoptJournal(from, to.liveJournal, AT_MS, undefined))).toContain(
      'was begun without them',
    );
    expect(() => adoptJournal(to, 'nowhere', AT_MS, undefined)).toThrow(InputError);
  });

  it('counts for a manifest as far as it holds before its instant, keys aside', () => {
    const later: LiveCommand = { ...command, atMs: AT_MS + 1 };
    expect(commandsHad([command, later], AT_MS)).toBeUndefined();
    expect(commandsHad([command, later], AT_MS + 1)).toEqual(commandsHad([command], AT_MS + 1));
    expect(commandsHad([command, later], AT_MS + 2)).toMatchObject({ commands: 2 });
  });
});

describe('a disruption', () => {
  it('stands as time and cancellations have it', () => {
    const made = (number: number, startsInMs: number): LiveCommand => ({
      kind: 'create',
      atMs: AT_MS,
      disruption: {
        number,
        type: 'dc_outage',
        target: {},
        severityPercent: 100,
        description: '',
        startMs: AT_MS + startsInMs,
        endMs: AT_MS + startsInMs + HOUR_MS,
      },
    });
    const commands: LiveCommand[] = [
      made(1, 0),
      made(2, HOUR_MS),
      made(3, 0),
      { kind: 'cancel', atMs: AT_MS + HOUR_MS / 2, numbers: [2] },
      { kind: 'cancel', atMs: AT_MS + HOUR_MS, numbers: [1, 2] },
    ];
    const statesAt = (afterMs: number) =>
      standingOf(commands, AT_MS + afterMs).map(({ state }) => state);
    expect(statesAt(0)).toEqual(['active', 'planned', 'active']);
    expect(statesAt(HOUR_MS - 1)).toEqual(['active', 'cancelled', 'active']);
    expect(statesAt(HOUR_MS)).toEqual(['over', 'cancelled', 'over']);
    expect(standingOf(commands, AT_MS)[0].cancelledMs).toBeNull();
  });
});
