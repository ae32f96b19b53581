import { expect, it } from 'vitest';
import { parseAddress } from '../../src/hub/addresses.ts';

it.each([
  ['$cbs', { kind: 'cbs' }],
  ['$CBS', { kind: 'cbs' }],
  ['$management', { kind: 'management', entity: undefined }],
  ['h/$management', { kind: 'management', entity: 'h' }],
  ['h', { kind: 'entity', entity: 'h' }],
  ['/h', { kind: 'entity', entity: 'h' }],
  ['h/Partitions/3', { kind: 'partition', entity: 'h', partition: '3' }],
  ['amqps://host:5671/h/partitions/3', { kind: 'partition', entity: 'h', partition: '3' }],
  [
    'h/ConsumerGroups/$Default/Partitions/0',
    { kind: 'group', entity: 'h', group: '$Default', partition: '0' },
  ],
  ['', undefined],
  ['h/ConsumerGroups/g', undefined],
  ['h/Partitions/', undefined],
  ['h/Partitions/1/2', undefined],
  ['h/Publishers/p', undefined],
])('reads the address "%s"', (text, expected) => {
  expect(parseAddress(text)).toEqual(expected);
});
