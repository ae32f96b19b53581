/** The ids that a store assigns: each kind numbered from 1 on, within the store. */
import { idBase, idOf, sequenceOf } from '../domain/ids.ts';

/** How many ids of each kind a store has assigned, as in a checkpoint. */
export type SavedStoreIds = {
  sessions: number;
  orders: number;
  adjustments: number;
  fillRounds: number;
  counts: number;
  returns: number;
  operations: number;
};

export class StoreIds {
  /** First id of each kind. */
  readonly bases: ReturnType<typeof basesOf>;
  sessions = 0;
  orders = 0;
  adjustments = 0;
  fillRounds = 0;
  counts = 0;
  returns = 0;
  operations = 0;

  constructor(storeId: number) {
    this.bases = basesOf(storeId);
  }

  nextSession(): number {
    return idOf(this.bases.session, this.sessions++);
  }

  /** Returns the receipt of a visit. */
  receiptOf(sessionId: number): number {
    return this.bases.receipt + sequenceOf(sessionId);
  }

  /** Returns the payment of a visit. */
  paymentOf(sessionId: number): number {
    return this.bases.payment + sequenceOf(sessionId);
  }

  nextOrder(): number {
    return this.bases.order + this.orders++;
  }

  nextAdjustment(): number {
    return this.bases.adjustment + this.adjustments++;
  }

  nextFillRound(): number {
    return this.bases.fillRound + this.fillRounds++;
  }

  nextCount(): number {
    return this.bases.count + this.counts++;
  }

  /** Returns the ids of the next return and its refund. */
  nextReturn(): { returnId: number; refundId: number } {
    const number = this.returns++;
    return { returnId: this.bases.return + number, refundId: this.bases.refund + number };
  }

  nextOperation(): number {
    return this.bases.operation + this.operations++;
  }

  save(): SavedStoreIds {
    const { sessions, orders, adjustments, fillRounds, counts, returns, operations } = this;
    return { sessions, orders, adjustments, fillRounds, counts, returns, operations };
  }

  restore(saved: SavedStoreIds): void {
    this.sessions = saved.sessions;
    this.orders = saved.orders;
    this.adjustments = saved.adjustments;
    this.fillRounds = saved.fillRounds;
    this.counts = saved.counts;
    this.returns = saved.returns;
    this.operations = saved.operations;
  }
}

function basesOf(storeId: number) {
  return {
    session: idBase('session', storeId),
    receipt: idBase('receipt', storeId),
    payment: idBase('receiptPayment', storeId),
    order: idBase('storeOrder', storeId),
    return: idBase('return', storeId),
    refund: idBase('refund', storeId),
    adjustment: idBase('storeAdjustment', storeId),
    fillRound: idBase('fillRound', storeId),
    count: idBase('stockCount', storeId),
    operation: idBase('storeOperation', storeId),
    beacon: idBase('beacon', storeId),
    sensor: idBase('sensor', storeId),
  };
}
