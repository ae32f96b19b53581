/**
 * Fresh goods that go out of date on the shelf: most of what a grocer writes off (FMI: shrink of 2.7 % of grocery sales,
 * about two thirds of it perishables).
 */

const PERISHABLE: ReadonlySet<string> = new Set([
  'Dairy & Eggs',
  'Produce',
  'Bakery',
  'Deli & Prepared Foods',
  'Meat & Seafood',
]);

/** Chance that a unit on the shelf is out of date, a night. */
const SPOILED_A_NIGHT = 0.011;

/** Whether products of a category go out of date. */
export function isPerishable(category: string): boolean {
  return PERISHABLE.has(category);
}

/** Mean units that are out of date tonight. @param units on the shelf */
export function spoiledUnits(units: number): number {
  return units * SPOILED_A_NIGHT;
}
