/** The partition of a key, against the client's own code and against pinned results. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapPartitionKeyToId } from '../../node_modules/@azure/event-hubs/dist/esm/impl/partitionKeyToIdMapper.js';
import { partitionOfKey } from '../../src/hub/partition-key.ts';

it('is where the client puts the key, however long it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 64 }),
      fc.integer({ min: 1, max: 1024 }),
      (key, partitionCount) => {
        expect(partitionOfKey(key, partitionCount)).toBe(mapPartitionKeyToId(key, partitionCount));
      },
    ),
    { numRuns: 2_000 },
  );
});

// Computed with the Python client, whose code is another one.
it.each([
  ['S1', 957],
  ['S17', 369],
  ['DC-4', 76],
  ['7', 263],
  ['131', 562],
  ['a', 220],
  ['abcdefghijkl', 373],
  ['abcdefghijklm', 855],
  ['8e6b6c5e-0d4f-4a5b-9d3c-1a2b3c4d5e6f', 299],
])('puts %s of 1000 partitions into %i', (key, partition) => {
  expect(partitionOfKey(key, 1000)).toBe(partition);
});
