import { describe, expect, it } from 'vitest';
import {
  formatTarget,
  parseDisruption,
  parseTargets,
} from '../../../src/run/disruptions/request.ts';
import { messageOf } from '../../world/fixtures.ts';

const good = { type: 'dc_outage', target: { dcs: [1] }, durationMs: 3_600_000 };

describe('a request for a disruption', () => {
  it('is whole and at once unless it says otherwise', () => {
    expect(parseDisruption(good)).toEqual({ ...good, severity: 1, startsInMs: 0 });
  });

  it.each([
    [{ ...good, type: 'flood' }, 'type is "flood": expected one of dc_outage, inventory_shortage'],
    [{ ...good, severity: 0.05 }, 'severity is 0.05: expected a number from 0.1 to 1'],
    [{ ...good, severity: 'bad' }, 'severity is "bad": expected a number from 0.1 to 1'],
    [{ ...good, durationMs: 5 }, 'durationMs is 5: expected whole ms, from 60000'],
    [{ ...good, durationMs: undefined }, 'durationMs is missing: expected whole ms'],
    [{ ...good, startsInMs: -1 }, 'startsInMs is -1: expected whole ms, from 0'],
    [{ ...good, target: { dcs: [] } }, 'target.dcs is []: expected at least one number'],
    [{ ...good, target: { dcs: [0] } }, 'target.dcs.0 is 0: expected numbers from 1'],
    [{ ...good, description: 'a\nb' }, 'expected a line of text of at most 200 characters'],
    [{ ...good, colour: 'red' }, 'colour'],
    [
      { ...good, target: { stores: [1] } },
      'a dc_outage has no target of the kind store: expected dc',
    ],
    ['nonsense', 'the request is "nonsense"'],
  ])('is refused as %j', (request, message) => {
    expect(messageOf(() => parseDisruption(request))).toContain(message);
  });
});

describe('targets', () => {
  it('are read as people write them', () => {
    expect(parseTargets(['all'])).toEqual({});
    expect(parseTargets(['region:2', 'product:7,8', 'dc:3'])).toEqual({
      dcs: [2, 3],
      products: [7, 8],
    });
    expect(formatTarget({ dcs: [2, 3], products: [7, 8] })).toBe('dc:2,3 product:7,8');
    expect(formatTarget({})).toBe('all');
  });

  it.each([['dc'], ['dc:'], ['dc:1,'], ['shop:1'], ['dc:-1'], ['DC:1'], ['']])(
    'are refused as "%s"',
    (text) => {
      expect(messageOf(() => parseTargets([text]))).toMatch(
        /expected only all, or a kind with numbers such as dc:3/,
      );
    },
  );

  it('can not be all and some', () => {
    expect(messageOf(() => parseTargets(['all', 'dc:1']))).toContain('"all"');
  });
});
