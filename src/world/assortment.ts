/** The products of a world: base products under the brands of their departments. */
import { DAY_MS } from '../engine/time.ts';
import { InputError } from '../domain/errors.ts';
import { sharedFrom } from '../engine/shared-arrays.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import type { BaseProduct } from './base-products.ts';
import type { Brand, Dictionaries } from './dictionaries.ts';
import { popularityOf, shuffle } from './popularity.ts';
import { drawPrices } from './prices.ts';
import type { Products } from './world.ts';

const THREE_YEARS_DAYS = 3 * 365;
const SIX_MONTHS_DAYS = 182;
const EIGHTEEN_MONTHS_DAYS = 548;
const LAUNCHED_BEFORE = 0.6;
const LAUNCHED_SOON = 0.3;

const BRANDS = purposeKey('product', 'brands');
const ROUND = purposeKey('product', 'round');
const PRICES = purposeKey('product', 'prices');
const LAUNCH = purposeKey('product', 'launch');

interface Article {
  readonly base: BaseProduct;
  readonly brand: Brand;
}

/** Products, and the companies that supply them: supplier n is at index n - 1. */
export interface Assortment {
  readonly products: Products;
  readonly companies: readonly string[];
}

/**
 * Builds `count` products. Every base product gets its first brand before any gets its second, so a
 * larger assortment contains the smaller one.
 * @throws InputError if the dictionaries do not suffice for `count` products
 */
export function buildAssortment(
  seed: number,
  count: number,
  dictionaries: Pick<Dictionaries, 'baseProducts' | 'brands'>,
  startMs: number,
): Assortment {
  const articles = chooseArticles(seed, count, dictionaries);
  const companies = [...new Set(articles.map(({ brand }) => brand.company))];
  const supplierOf = new Map(companies.map((company, index) => [company, index + 1]));
  const categoryOf = numbered(articles.map(({ base }) => `${base.department}/${base.category}`));
  const prices = articles.map(({ base }, index) =>
    drawPrices(base.priceCents, base.department, Substream.of(seed, PRICES, index + 1)),
  );
  // Regions read this all the time, so threads share it.
  const ints = (value: (article: Article, index: number) => number) =>
    sharedFrom(Int32Array, articles.map(value));
  const flags = (value: (article: Article) => boolean) =>
    sharedFrom(
      Uint8Array,
      articles.map((article) => (value(article) ? 1 : 0)),
    );
  const department = sharedFrom(
    Uint8Array,
    articles.map(({ base }) => base.department),
  );
  const launchMs = sharedFrom(
    Float64Array,
    articles.map((_, index) => launchOf(seed, index + 1, startMs)),
  );
  const products: Products = {
    count,
    name: articles.map(({ base }) => base.name),
    brand: articles.map(({ brand }) => brand.brand),
    company: articles.map(({ brand }) => brand.company),
    category: articles.map(({ base }) => base.category),
    subcategory: articles.map(({ base }) => base.subcategory),
    department,
    costCents: ints((_, index) => prices[index].costCents),
    msrpCents: ints((_, index) => prices[index].msrpCents),
    salePriceCents: ints((_, index) => prices[index].salePriceCents),
    refrigerated: flags(({ base }) => base.refrigerated),
    taxable: flags(({ base }) => base.taxable),
    casePack: ints(({ base }) => base.casePack),
    supplierId: ints(({ brand }) => supplierOf.get(brand.company) as number),
    launchMs,
    popularity: sharedFrom(
      Float64Array,
      popularityOf(
        seed,
        {
          department,
          category: articles.map(({ base }) => base.category),
          priceCents: articles.map(({ base }) => base.priceCents),
          launchMs,
        },
        startMs,
      ),
    ),
    categoryIndex: sharedFrom(Int32Array, categoryOf),
  };
  return { products, companies };
}

function chooseArticles(
  seed: number,
  count: number,
  { baseProducts, brands }: Pick<Dictionaries, 'baseProducts' | 'brands'>,
): Article[] {
  const choices = baseProducts.map((base, index) => {
    const own = brands.filter(({ department }) => department === base.department);
    return { base, brands: shuffle(own, Substream.of(seed, BRANDS, index)) };
  });
  const allowed = choices.reduce((sum, choice) => sum + choice.brands.length, 0);
  if (count > allowed) {
    throw new InputError(
      `Cannot make volume.total_products ${count}: the dictionaries allow ${allowed} (${baseProducts.length} base products under the brands of their department); set it to ${allowed} or less`,
    );
  }
  const articles: Article[] = [];
  for (let round = 0; articles.length < count; round++) {
    for (const { base, brands: own } of shuffle(choices, Substream.of(seed, ROUND, round))) {
      if (round < own.length && articles.length < count) articles.push({ base, brand: own[round] });
    }
  }
  return articles;
}

/** 60 % were launched in the three years before the start, 30 % are launched in the first six months, 10 % later. */
function launchOf(seed: number, productId: number, startMs: number): number {
  const stream = Substream.of(seed, LAUNCH, productId);
  const when = stream.unit();
  if (when < LAUNCHED_BEFORE) {
    return (Math.floor(startMs / DAY_MS) - stream.below(THREE_YEARS_DAYS)) * DAY_MS;
  }
  const firstDay = Math.floor(startMs / DAY_MS) + 1;
  if (when < LAUNCHED_BEFORE + LAUNCHED_SOON) {
    return (firstDay + stream.below(SIX_MONTHS_DAYS)) * DAY_MS;
  }
  const later = EIGHTEEN_MONTHS_DAYS - SIX_MONTHS_DAYS;
  return (firstDay + SIX_MONTHS_DAYS + stream.below(later)) * DAY_MS;
}

/** Numbers texts from 0 by first appearance; equal texts get the same number. */
function numbered(texts: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}
