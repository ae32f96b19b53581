/** All open online orders of a region, by slot. */
import { idBase, idOf } from '../domain/ids.ts';
import type { Sections } from '../domain/plain-data.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { OnlineOrder, type OrderPlan, type OrderRegion, type SavedOrder } from './online-order.ts';
import type { SavedState, StatefulPart } from './state.ts';

const ORDER = purposeKey('order', 'course');

type SavedOrders = { placed: number; open: SavedOrder[] };

export class OnlineOrders implements StatefulPart {
  readonly orderBase: number;
  readonly paymentBase: number;
  readonly refundBase: number;
  private readonly region: OrderRegion;
  private readonly open = new Map<number, OnlineOrder>();
  private placed = 0;

  constructor(region: OrderRegion) {
    this.region = region;
    this.orderBase = idBase('order', region.plan.id);
    this.paymentBase = idBase('orderPayment', region.plan.id);
    this.refundBase = idBase('orderRefund', region.plan.id);
  }

  place({ patron, mode, storeIndex, lines, impressionId }: OrderPlan): void {
    const order = new OnlineOrder(this.region);
    order.sequence = this.placed++;
    order.slot = order.sequence;
    order.stream = Substream.of(this.region.seed, ORDER, idOf(this.orderBase, order.sequence));
    order.patron = patron;
    order.mode = mode;
    order.storeIndex = storeIndex;
    order.lines = lines;
    order.impressionId = impressionId;
    this.open.set(order.slot, order);
    order.handle = this.region.start('onlineOrder', order);
  }

  awaitsPickup(slot: number): boolean {
    return this.open.get(slot)?.waiting === true;
  }

  /** Called when the customer asks for the order at the till. */
  collect(slot: number): void {
    const order = this.open.get(slot);
    if (order !== undefined) this.region.send(order.handle, 'COLLECTED');
  }

  close(order: OnlineOrder): void {
    this.open.delete(order.slot);
  }

  save(): Sections {
    const orders: SavedOrders = {
      placed: this.placed,
      open: [...this.open.values()].map((order) => order.save()),
    };
    return { orders };
  }

  restore(saved: SavedState): void {
    const { placed, open } = saved.json<SavedOrders>('orders');
    this.placed = placed;
    for (const savedOrder of open) {
      const order = new OnlineOrder(this.region);
      order.restore(savedOrder);
      this.open.set(order.slot, order);
    }
  }

  actors(): Iterable<OnlineOrder> {
    return this.open.values();
  }
}
