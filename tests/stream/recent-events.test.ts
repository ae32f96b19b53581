/** The last events of a stream are kept, and the last of each type. */
import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { RecentEvents } from '../../src/stream/recent-events.ts';

it('keeps the last events of all and of each type, however rare it is', () => {
  const recent = new RecentEvents(4, 2);
  const add = (eventType: string, number: number) =>
    recent.add({
      eventId: `${number}`,
      worldId: '',
      eventType,
      partitionKey: 'S1',
      eventMs: number,
      body: Buffer.from(`${eventType} ${number}`),
    });
  add('rare', 1);
  for (let number = 2; number < 10; number++) add('common', number);
  expect(recent.list()).toEqual(['common 6', 'common 7', 'common 8', 'common 9']);
  expect(recent.list(1)).toEqual(['common 9']);
  expect(recent.list(3, 'rare')).toEqual(['rare 1']);
  expect(recent.list(3, 'common')).toEqual(['common 8', 'common 9']);
  expect(recent.list(3, 'unheard of')).toEqual([]);
});
