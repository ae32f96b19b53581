import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { sent } from '../../src/engine/shared-arrays.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import type { World } from '../../src/world/world.ts';
import { messageOf, type WorldMessage, worldOfMessage } from '../../src/world/world-data.ts';
import { regionRun } from '../helpers/region-run.ts';
import { START_MS, smallWorld } from './fixtures.ts';

/** The world as a worker gets it: through a message. */
function posted(world: World): World {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(messageOf(world));
  const { message } = receiveMessageOnPort(port2) as { message: WorldMessage };
  port1.close();
  return worldOfMessage(message);
}

const world = smallWorld({ stores: 7, dcs: 2 });
const other = posted(world);
/** Functions are equal to none but themselves. */
const functions = {
  openingStoreStock: undefined,
  openingDcStock: undefined,
  openingShelves: undefined,
};

describe('a world that was posted to another thread', () => {
  it('has the same content and the same opening stock', () => {
    expect({ ...other, ...functions }).toEqual({ ...world, ...functions });
    for (const { id } of world.stores) {
      expect(other.openingStoreStock(id)).toEqual(world.openingStoreStock(id));
    }
    expect(other.openingDcStock(2)).toEqual(world.openingDcStock(2));
  });

  it('shares the columns of products and customers instead of copying them', () => {
    const columnsOf = ({ products, customers }: World) =>
      [...Object.values(products), ...Object.values(customers)].filter(ArrayBuffer.isView);
    const [own, theirs] = [columnsOf(world), columnsOf(other)] as Uint8Array[][];
    expect(own.length).toBe(18);
    for (const [index, column] of own.entries()) {
      const bytes = new Uint8Array(column.buffer, 0, 1);
      const before = bytes[0];
      bytes[0] = before ^ 0xff;
      expect(new Uint8Array(theirs[index].buffer)[0]).toBe(before ^ 0xff);
      bytes[0] = before;
    }
  });

  it('refuses arrays that would be copied', () => {
    expect(() => sent({ units: new Int32Array(3) })).toThrow(/Cannot send this Int32Array/);
  });

  it('keeps the common objects of regions and world', () => {
    for (const { dc, stores } of other.regions) {
      expect(other.dcs[dc.id - 1]).toBe(dc);
      for (const store of stores) expect(other.stores[store.id - 1]).toBe(store);
    }
  });

  it('continues in the same way', () => {
    const run = (from: World) => {
      const { simulation, sink } = regionRun(from, { region: 1 });
      simulation.advance(START_MS + 2 * DAY_MS);
      return sink.summary();
    };
    expect(run(other)).toEqual(run(world));
  });
});
