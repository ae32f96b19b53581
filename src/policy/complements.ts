/**
 * What goes with what: the complement graph of categories. A shopper who has put something on the list sometimes adds
 * what belongs to it, pasta and its sauce, a razor and what comes after it.
 */

/** Chance that a line brings one of a complementary category with it. */
export const COMPLEMENT_CHANCE = 0.1;

const PAIRS: readonly (readonly [string, string])[] = [
  ['Pasta & Grains', 'Condiments & Sauces'],
  ['Pasta & Grains', 'Canned & Jarred'],
  ['Breakfast & Cereal', 'Dairy & Eggs'],
  ['Breakfast & Cereal', 'Produce'],
  ['Bakery', 'Deli & Prepared Foods'],
  ['Bakery', 'Dairy & Eggs'],
  ['Meat & Seafood', 'Produce'],
  ['Meat & Seafood', 'Condiments & Sauces'],
  ['Snacks', 'Beverages'],
  ['Snacks', 'Deli & Prepared Foods'],
  ['Coffee & Tea', 'Dairy & Eggs'],
  ['Coffee & Tea', 'Bakery'],
  ['Baking & Spices', 'Dairy & Eggs'],
  ['Baking & Spices', 'Candy & Gum'],
  ['Frozen Foods', 'Beverages'],
  ['Diapering', 'Bath & Care'],
  ['Diapering', 'Feeding'],
  ['Dog Food', 'Dog Supplies'],
  ['Cat Food', 'Cat Supplies'],
  ['Hair Care', 'Bath & Body'],
  ['Shaving', 'Skin Care'],
  ['Oral Care', 'Personal Care'],
  ['Medicine Cabinet', 'Vitamins & Supplements'],
];

/**
 * Returns the complements of each category.
 * @param names of categories; those that the graph does not know have no complements
 */
export function complements(names: readonly string[]): readonly (readonly number[])[] {
  const number = new Map(names.map((name, index) => [name, index]));
  const lists: number[][] = names.map(() => []);
  for (const [a, b] of PAIRS) {
    const [first, second] = [number.get(a), number.get(b)];
    if (first === undefined || second === undefined) continue;
    lists[first].push(second);
    lists[second].push(first);
  }
  return lists;
}
