/** What a shopper does at an empty shelf: takes something else, goes elsewhere, comes back later, or drops it. */
import { NULL } from '../domain/columns.ts';
import { SHELF_REACTION } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { OWN_NETWORK_CHANCE, REACTION_SHARES } from '../policy/shelves.ts';
import type { CustomerSession } from './customer-session.ts';

const TRIES = 8;

/** The goods of a store that may take another's place. */
export interface SubstitutingStore {
  readonly region: {
    readonly nowMs: number;
    readonly categoryProducts: readonly Int32Array[];
    readonly world: {
      readonly products: {
        readonly brand: readonly string[];
        readonly name: readonly string[];
        readonly subcategory: readonly string[];
        readonly categoryIndex: Int32Array;
        readonly launchMs: Float64Array;
      };
    };
  };
  readonly stock: { readonly carried: Uint8Array; onShelf(product: number): number };
}

/**
 * Returns another product of the same category that is on the shelf, or -1.
 * @param otherSize whether it must be of the same kind (subcategory) in another size or variety, or else of another brand
 */
export function substituteOnShelf(
  store: SubstitutingStore,
  product: number,
  otherSize: boolean,
  session: Pick<CustomerSession, 'inCart' | 'stream'>,
): number {
  const { region, stock } = store;
  const { brand, name, subcategory, categoryIndex, launchMs } = region.world.products;
  const rivals = region.categoryProducts[categoryIndex[product]];
  const fits = (rival: number) =>
    rival !== product &&
    (otherSize
      ? subcategory[rival] === subcategory[product] && name[rival] !== name[product]
      : brand[rival] !== brand[product]) &&
    stock.carried[rival] === 1 &&
    launchMs[rival] <= region.nowMs &&
    stock.onShelf(rival) > 0 &&
    !session.inCart(rival);
  if (!otherSize) {
    for (let draw = 0; draw < TRIES; draw++) {
      const rival = rivals[session.stream.below(rivals.length)];
      if (fits(rival)) return rival;
    }
    return -1;
  }
  // A kind has few products in a category: look at all of them, from a random one on.
  const from = session.stream.below(rivals.length);
  for (let step = 0; step < rivals.length; step++) {
    const rival = rivals[(from + step) % rivals.length];
    if (fits(rival)) return rival;
  }
  return -1;
}

/** Draws what a shopper wants to do: an index into SHELF_REACTIONS. */
export function drawReaction(stream: Substream): number {
  return stream.weighted(REACTION_SHARES, 1);
}

/** The shopper `session` wants units of a product whose shelf is empty. */
export function faceEmptyShelf(session: CustomerSession, product: number, qty: number): void {
  const { store, stream } = session;
  let reaction = drawReaction(stream);
  let substitute = -1;
  if (reaction === SHELF_REACTION.otherSize || reaction === SHELF_REACTION.otherBrand) {
    const otherSize = reaction === SHELF_REACTION.otherSize;
    substitute = store.substituteFor(product, otherSize, session);
    if (substitute < 0) {
      substitute = store.substituteFor(product, !otherSize, session);
      reaction = otherSize ? SHELF_REACTION.otherBrand : SHELF_REACTION.otherSize;
    }
    if (substitute < 0) reaction = SHELF_REACTION.nothing;
  }
  record(session, product, qty, reaction, substitute);
  if (substitute >= 0) {
    session.putInCart(substitute, Math.min(qty, store.stock.onShelf(substitute)));
  } else if (reaction === SHELF_REACTION.otherStore) {
    if (stream.chance(OWN_NETWORK_CHANCE)) store.lookElsewhere(session.patron, product);
  } else if (reaction === SHELF_REACTION.delay) {
    store.region.wishes.add(session.patron, product, qty, store.region.nowMs);
  }
}

function record(
  session: CustomerSession,
  product: number,
  qty: number,
  reaction: number,
  substitute: number,
): void {
  const { region, master } = session.store;
  const row = region.scratch.unmet_demand;
  row.traceId = session.sessionId;
  row.eventMs = region.nowMs;
  row.storeId = master.id;
  row.productId = product + 1;
  row.qty = qty;
  row.reaction = reaction;
  row.substituteId = substitute < 0 ? NULL : substitute + 1;
  row.sessionId = session.sessionId;
  region.facts.unmet_demand(row);
}
