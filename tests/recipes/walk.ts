/**
 * `npm run recipes`: follows every recipe of CONTRIBUTING.md in a copy of the project, which must hold then; and
 * leaves out each place once, which must be noticed by what the recipe says. A name restricts it to one recipe.
 */
import process from 'node:process';
import type { Guard, Place, Recipe } from './recipe.ts';
import { RECIPES } from './recipes.ts';
import { Tree } from './tree.ts';

interface Omission {
  readonly recipe: Recipe;
  readonly place: Place;
}

const asked = process.argv.slice(2);
const recipes = RECIPES.filter(({ title }) => asked.length === 0 || asked.includes(title));
const tree = Tree.copy();
let failed = 0;

function fail(problem: string): void {
  failed++;
  process.stderr.write(`FAILED: ${problem}\n`);
}

const tests = [...new Set(places().flatMap(({ guard }) => ('test' in guard ? [guard.test] : [])))];
try {
  followAll();
  leaveOutForTypes();
  leaveOutForTests();
} finally {
  tree.remove();
}
process.exitCode = failed === 0 ? 0 : 1;

function places(): Place[] {
  return recipes.flatMap((recipe) => recipe.places);
}

/** With all recipes followed types hold, and so do the tests that guard them. */
function followAll(): void {
  tree.follow(recipes);
  const errors = tree.typeErrors();
  if (errors.length > 0) fail(`following all recipes: ${errors.slice(0, 9).join('\n')}`);
  const added = places()
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.test.ts'));
  const failures = tree.failures([...new Set([...tests, ...added])]);
  if (failures.length > 0) {
    const told = failures.map(({ test, message }) => `${test}: ${message.slice(0, 300)}`);
    fail(`following all recipes: ${told.join('\n')}`);
  } else if (errors.length === 0)
    process.stdout.write('ok: types and tests hold with all recipes followed\n');
}

/** What the type checker notices: in rounds, so that no omission hides another of its recipe. */
function leaveOutForTypes(): void {
  for (const round of rounds((guard) => 'types' in guard)) {
    tree.follow(
      recipes,
      round.map(({ place }) => place),
    );
    const errors = tree.typeErrors();
    for (const { recipe, place } of round) {
      const { types } = place.guard as { types: RegExp };
      tell(
        recipe,
        place,
        errors.some((error) => types.test(error)),
        `types ${types}`,
      );
    }
  }
}

/** What tests notice. */
function leaveOutForTests(): void {
  for (const round of rounds((guard) => 'test' in guard)) {
    tree.follow(
      recipes,
      round.map(({ place }) => place),
    );
    const guards = round.map(({ place }) => place.guard as Extract<Guard, { test: string }>);
    const failures = tree.failures([...new Set(guards.map(({ test }) => test))]);
    for (const [index, { recipe, place }] of round.entries()) {
      const { test, name, says } = guards[index];
      const isNoticed = failures.some(
        (failure) =>
          failure.file === test && failure.test.includes(name) && failure.message.includes(says),
      );
      tell(recipe, place, isNoticed, `${test} > ${name}`);
    }
  }
}

/** Omissions of a kind, of each recipe one in a round. */
function rounds(fits: (guard: Guard) => boolean): Omission[][] {
  const made: Omission[][] = [];
  for (const recipe of recipes) {
    const own = recipe.places.filter(({ guard }) => fits(guard));
    for (const [round, place] of own.entries()) {
      made[round] ??= [];
      made[round].push({ recipe, place });
    }
  }
  return made;
}

function tell(recipe: Recipe, { file, what }: Place, isNoticed: boolean, by: string): void {
  const omission = `${recipe.title} without ${file}${what === undefined ? '' : ` (${what})`}`;
  if (isNoticed) process.stdout.write(`ok: ${omission}: ${by}\n`);
  else fail(`${omission} is not noticed by ${by}`);
}
