import { expect, it } from 'vitest';
import { MAX_LINES } from '../../src/policy/missions.ts';
import { Substream } from '../../src/engine/substream.ts';
import { CustomerSession, type VisitedStore } from '../../src/entities/customer-session.ts';

const balance = { add() {} };
const store = {
  index: 3,
  region: { productZone: new Uint8Array(1000 + MAX_LINES) },
  stock: { held: balance, demandToday: balance },
} as unknown as VisitedStore;

function visitOf(lines: number): CustomerSession {
  const visit = new CustomerSession();
  visit.store = store;
  visit.stream = Substream.of(1, 2, 3);
  for (let line = 0; line < lines; line++) {
    visit.want(1000 + line, 1 + (line % 3));
    // As if half of it were in the cart already while the list grows.
    if (line % 2 === 0) {
      visit.putInCart(1000 + line, 1 + (line % 3));
    }
  }
  return visit;
}

it.each([0, 1, 24, 25, 48, 49, MAX_LINES])(
  'a visit keeps a list of %i lines, saved or not',
  (n) => {
    const visit = visitOf(n);
    const saved = visit.save();
    expect(saved.wantProduct).toEqual(Array.from({ length: n }, (_, line) => 1000 + line));
    expect(saved.wantQty).toEqual(Array.from({ length: n }, (_, line) => 1 + (line % 3)));
    expect(saved.cartProduct).toEqual(saved.wantProduct.filter((_, i) => i % 2 === 0));
    expect(saved.cartQty).toEqual(saved.wantQty.filter((_, i) => i % 2 === 0));
    const other = new CustomerSession();
    other.restore(store, structuredClone(saved));
    expect(other.save()).toEqual(saved);
  },
);
