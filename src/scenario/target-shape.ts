/** Shape of the targets of scenario files; descriptions go into the JSON Schema. */
import { z } from 'zod';
import {
  CHANNELS,
  DEPARTMENTS,
  FULFILLMENT_MODES,
  SEGMENTS,
  STORE_SIZES,
  TENDERS,
} from '../domain/values.ts';
import { listOf, oneOf, real, text, whole } from './rules.ts';

const dcs = listOf(whole(1, 1e6, 'the number of a distribution center'), 'DC numbers').meta({
  id: 'dcs',
  description:
    'Numbers of distribution centers. A DC stands for its region: stores, trucks and customers.',
});
const stores = listOf(whole(1, 1e6, 'the number of a store'), 'store numbers').meta({
  id: 'stores',
  description: 'Numbers of stores.',
});
const states = listOf(
  z.string({ error: 'a state as two letters' }).regex(/^[A-Z]{2}$/, {
    error: 'a state as two letters',
  }),
  'states',
).meta({ id: 'states', description: 'Postal codes of states: what lies there.' });
export const departments = listOf(oneOf(DEPARTMENTS), 'departments').meta({ id: 'departments' });
export const channels = listOf(oneOf(CHANNELS), 'channels').meta({
  id: 'channels',
  description: 'Channels of ads.',
});
const categories = listOf(text('the name of a category'), 'categories').meta({
  id: 'categories',
  description: 'Product categories.',
});
const PRODUCT_FORM = 'the name or the number of a product';
const products = listOf(
  z.union([z.int(), text(PRODUCT_FORM)], { error: PRODUCT_FORM }),
  'products',
).meta({
  id: 'products',
  description: 'Names or numbers of products. A name means all brands of it.',
});

const sizes = listOf(oneOf(STORE_SIZES), 'store sizes').meta({
  id: 'sizes',
  description: 'Sizes of stores.',
});
const brands = listOf(text('the name of a brand'), 'brands').meta({
  id: 'brands',
  description: 'Brands of products.',
});
export const suppliers = listOf(whole(1, 1e6, 'the number of a supplier'), 'supplier numbers').meta(
  {
    id: 'suppliers',
    description: 'Numbers of suppliers: the products that come from them.',
  },
);
const dollars = real(0, 1e6);
const prices = z
  .strictObject(
    { atLeast: dollars.optional(), below: dollars.optional() },
    { error: 'a band of prices: atLeast, below or both' },
  )
  .refine(({ atLeast = 0, below = Number.POSITIVE_INFINITY }) => atLeast < below, {
    error: 'a band of prices in which atLeast is less than below',
  })
  .meta({ id: 'prices', description: 'Band of SalePrice in dollars.' });
export const segments = listOf(oneOf(SEGMENTS), 'segments').meta({
  id: 'segments',
  description: 'Segments of customers.',
});
export const tenders = listOf(oneOf(TENDERS), 'tenders').meta({
  id: 'tenders',
  description: 'Ways to pay.',
});
export const modes = listOf(oneOf(FULFILLMENT_MODES), 'fulfilment modes').meta({
  id: 'modes',
  description: 'Ways in which an online order is fulfilled.',
});

export const regionTargets = { dcs: dcs.optional(), states: states.optional() };
export const storeTargets = {
  ...regionTargets,
  stores: stores.optional(),
  sizes: sizes.optional(),
};
/** What effects on stores may say besides. */
export const storeShare = real(0, 1).describe(
  'Share of these stores that it hits, one at least and the same for all effects of the scenario; 1 without it.',
);
export const productTargets = {
  departments: departments.optional(),
  categories: categories.optional(),
  products: products.optional(),
  brands: brands.optional(),
  prices: prices.optional(),
  suppliers: suppliers.optional(),
};
export const truckShare = real(0, 1).describe('Share of the trucks that it hits; 1 without it.');
