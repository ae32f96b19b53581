/** A supplier towards one distribution center: takes orders, has the goods ready after its lead time. */
import { setup } from 'xstate';
import type { SupplierPort } from '../src/domain/ports.ts';

type Events =
  | { type: 'ORDER_PLACED'; argument: number }
  | { type: 'GOODS_READY'; argument: number };

export const supplier = setup({
  types: {} as { context: SupplierPort; input: SupplierPort; events: Events },
  actions: {
    acceptOrder: ({ context, event }) => context.acceptOrder(event.argument),
    releaseGoods: ({ context, event }) => context.releaseGoods(event.argument),
  },
  guards: { ordersOpen: ({ context }) => context.ordersOpen() },
}).createMachine({
  id: 'supplier',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle: { on: { ORDER_PLACED: { target: 'preparing', actions: 'acceptOrder' } } },
    preparing: {
      on: {
        ORDER_PLACED: { actions: 'acceptOrder' },
        GOODS_READY: { target: 'settling', actions: 'releaseGoods' },
      },
    },
    settling: { always: [{ guard: 'ordersOpen', target: 'preparing' }, { target: 'idle' }] },
  },
});
