/** Shape of the targets of scenario files; descriptions go into the JSON Schema. */
import { z } from 'zod';
import { CHANNELS, DEPARTMENTS } from '../domain/values.ts';
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

export const regionTargets = { dcs: dcs.optional(), states: states.optional() };
export const storeTargets = { ...regionTargets, stores: stores.optional() };
export const productTargets = {
  departments: departments.optional(),
  categories: categories.optional(),
  products: products.optional(),
};
export const truckShare = real(0, 1).describe('Share of the trucks that it hits; 1 without it.');
