import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/domain/errors.ts';
import { runWindow } from '../../src/run/window.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const CONFIG_START = day('2024-01-01');
const TODAY = day('2026-05-20') + 12_345_678;
const GENERATED = { startMs: day('2024-03-01'), committedMs: day('2024-03-05') + 777 };
const window = (request: Parameters<typeof runWindow>[0], generated?: typeof GENERATED) =>
  runWindow(request, CONFIG_START, generated, TODAY);

describe('the window of a first run', () => {
  it('starts at the start of the config and has seven days', () => {
    expect(window({})).toEqual({
      startMs: CONFIG_START,
      fromMs: CONFIG_START,
      toMs: day('2024-01-08'),
    });
  });

  it('starts at --from, whatever the time of day', () => {
    const fromMs = day('2024-02-29') + 1;
    expect(window({ fromMs, days: 2 })).toEqual({
      startMs: fromMs,
      fromMs,
      toMs: fromMs + 2 * 86_400_000,
    });
  });

  it.each([0, -1])('refuses an end %i ms after its start', (ms) => {
    const fromMs = day('2024-02-29');
    expect(() => window({ fromMs, toMs: fromMs + ms })).toThrow(InputError);
    expect(() => window({ fromMs, toMs: fromMs + ms })).toThrow(/2024-02-29T00:00:00.000Z/);
  });

  it('is also that of a world that is only opened', () => {
    const opened = { startMs: CONFIG_START, committedMs: CONFIG_START };
    const fromMs = day('2024-02-29');
    expect(window({ fromMs, days: 1 }, opened)).toMatchObject({ startMs: fromMs, fromMs });
    const announced = { startMs: fromMs, committedMs: fromMs };
    expect(window({ days: 1 }, announced)).toMatchObject({ startMs: fromMs, fromMs });
  });
});

describe('the window of a later run', () => {
  const { startMs, committedMs } = GENERATED;

  it('continues at the last generated instant', () => {
    expect(window({ days: 1 }, GENERATED)).toEqual({
      startMs,
      fromMs: committedMs,
      toMs: committedMs + 86_400_000,
    });
  });

  it('ends with the last complete day if no end is given', () => {
    expect(window({}, GENERATED).toMs).toBe(day('2026-05-20'));
  });

  it('accepts the last instant and the start of the world as --from', () => {
    const toMs = day('2024-03-09');
    expect(window({ fromMs: committedMs, toMs }, GENERATED).fromMs).toBe(committedMs);
    expect(window({ fromMs: startMs, toMs }, GENERATED).fromMs).toBe(committedMs);
  });

  it('counts --days from --from, so that a command can be repeated', () => {
    expect(window({ fromMs: startMs, days: 8 }, GENERATED).toMs).toBe(day('2024-03-09'));
    const again = window({ fromMs: startMs, days: 3 }, GENERATED);
    expect(again.toMs).toBe(again.fromMs);
  });

  it('refuses any other --from, naming both ends', () => {
    const wrong = () => window({ fromMs: startMs + 1, toMs: day('2024-03-09') }, GENERATED);
    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(/2024-03-05T00:00:00.777Z/);
  });

  it('is empty if the end is reached already', () => {
    const { fromMs, toMs } = window({ toMs: day('2024-03-04') }, GENERATED);
    expect(toMs).toBe(fromMs);
    expect(fromMs).toBe(committedMs);
  });

  it('refuses an end before the start of the world, or before --from', () => {
    expect(() => window({ toMs: startMs - 1 }, GENERATED)).toThrow(InputError);
    expect(() => window({ fromMs: committedMs, toMs: committedMs - 1 }, GENERATED)).toThrow(
      InputError,
    );
  });
});
