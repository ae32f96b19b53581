/** What a shopper does at an empty shelf: takes something else, goes elsewhere, comes back later, or drops it. */
import { NULL } from '../domain/columns.ts';
import { SHELF_REACTION } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { OWN_NETWORK_CHANCE, REACTION_SHARES } from '../policy/shelves.ts';
import type { PostponedWishes } from './postponed-wishes.ts';
import type { Recorder } from './services.ts';

const TRIES = 8;

/** A shopper who may take another product instead. */
export interface ChoosingShopper {
  readonly stream: Substream;
  /** Whether a product is in the cart or on the list. */
  inCart(product: number): boolean;
}

/** The parts of a visit that an empty shelf concerns. */
interface DisappointedShopper extends ChoosingShopper {
  readonly sessionId: number;
  /** Index in the region's patrons. */
  readonly patron: number;
  readonly store: {
    readonly region: Recorder & { readonly wishes: PostponedWishes };
    readonly master: { readonly id: number };
    readonly stock: { onShelf(product: number): number };
    substituteFor(product: number, otherSize: boolean, shopper: ChoosingShopper): number;
    lookElsewhere(patron: number, product: number): void;
  };
  putInCart(product: number, qty: number): void;
}

/** How a shopper takes it that a shelf is empty. */
interface Response {
  /** Units wanted. */
  readonly qty: number;
  /** Index into SHELF_REACTIONS. */
  readonly reaction: number;
  /** Index of the product taken instead, or -1. */
  readonly substitute: number;
}

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
  shopper: ChoosingShopper,
): number {
  const { categoryProducts, world } = store.region;
  const rivals = categoryProducts[world.products.categoryIndex[product]];
  if (!otherSize) {
    for (let draw = 0; draw < TRIES; draw++) {
      const rival = rivals[shopper.stream.below(rivals.length)];
      if (ofOtherBrand(store, product, rival) && isThere(store, rival, shopper)) return rival;
    }
    return -1;
  }
  // A kind has few products in a category: look at all of them, from a random one on.
  const from = shopper.stream.below(rivals.length);
  for (let step = 0; step < rivals.length; step++) {
    const at = from + step;
    const rival = rivals[at < rivals.length ? at : at - rivals.length];
    if (ofOtherSize(store, product, rival) && isThere(store, rival, shopper)) return rival;
  }
  return -1;
}

function ofOtherBrand({ region }: SubstitutingStore, product: number, rival: number): boolean {
  const { brand } = region.world.products;
  return brand[rival] !== brand[product];
}

function ofOtherSize({ region }: SubstitutingStore, product: number, rival: number): boolean {
  const { subcategory, name } = region.world.products;
  return subcategory[rival] === subcategory[product] && name[rival] !== name[product];
}

/** Whether a shopper finds a product on its shelf that is not in the cart yet. */
function isThere(
  { region, stock }: SubstitutingStore,
  product: number,
  shopper: ChoosingShopper,
): boolean {
  return (
    stock.carried[product] === 1 &&
    region.world.products.launchMs[product] <= region.nowMs &&
    stock.onShelf(product) > 0 &&
    !shopper.inCart(product)
  );
}

/** Draws what a shopper wants to do: an index into SHELF_REACTIONS. */
function drawReaction(stream: Substream): number {
  return stream.weighted(REACTION_SHARES, 1);
}

/** The shopper wants units of a product whose shelf is empty. */
export function faceEmptyShelf(shopper: DisappointedShopper, product: number, qty: number): void {
  const { store, stream } = shopper;
  let reaction = drawReaction(stream);
  let substitute = -1;
  if (reaction === SHELF_REACTION.otherSize || reaction === SHELF_REACTION.otherBrand) {
    const otherSize = reaction === SHELF_REACTION.otherSize;
    substitute = store.substituteFor(product, otherSize, shopper);
    if (substitute < 0) {
      substitute = store.substituteFor(product, !otherSize, shopper);
      reaction = otherSize ? SHELF_REACTION.otherBrand : SHELF_REACTION.otherSize;
    }
    if (substitute < 0) reaction = SHELF_REACTION.nothing;
  }
  record(shopper, product, { qty, reaction, substitute });
  if (substitute >= 0) {
    shopper.putInCart(substitute, Math.min(qty, store.stock.onShelf(substitute)));
  } else if (reaction === SHELF_REACTION.otherStore) {
    if (stream.chance(OWN_NETWORK_CHANCE)) store.lookElsewhere(shopper.patron, product);
  } else if (reaction === SHELF_REACTION.delay) {
    store.region.wishes.add(shopper.patron, product, qty, store.region.nowMs);
  }
}

function record(
  { store, sessionId }: DisappointedShopper,
  product: number,
  { qty, reaction, substitute }: Response,
): void {
  const { region, master } = store;
  const row = region.scratch.unmet_demand;
  row.traceId = sessionId;
  row.eventMs = region.nowMs;
  row.storeId = master.id;
  row.productId = product + 1;
  row.qty = qty;
  row.reaction = reaction;
  row.substituteId = substitute < 0 ? NULL : substitute + 1;
  row.sessionId = sessionId;
  region.facts.unmet_demand(row);
}
