/**
 * `npm run recipes`: follows every recipe of CONTRIBUTING.md in a copy of the project, which must hold then; and
 * leaves out each place once, which must be noticed by what the recipe says. A name restricts it to one recipe;
 * `--follow` leaves nothing out, which takes a quarter of the time.
 */
import process from 'node:process';
import { type Guard, keyOf, type Place, type Recipe } from './recipe.ts';
import { RECIPES } from './recipes.ts';
import { Tree } from './tree.ts';

type TestGuard = Extract<Guard, { test: string }>;

interface Omission {
  readonly recipe: Recipe;
  readonly place: Place;
}

const FOLLOW = '--follow';
const asked = process.argv.slice(2).filter((argument) => argument !== FOLLOW);
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
  if (!process.argv.includes(FOLLOW)) {
    leaveOutForTypes();
    leaveOutForTests();
  }
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

/** What the type checker notices: one error hides another of its recipe. */
function leaveOutForTypes(): void {
  const omissions = omissionsBy((guard) => 'types' in guard);
  for (const round of rounds(omissions, (one, other) => one.recipe === other.recipe)) {
    tree.follow(recipes, placesOf(round));
    const concerned = round.flatMap(({ recipe }) => recipe.places.map(({ file }) => file));
    const errors = tree.typeErrors(concerned);
    for (const { recipe, place } of round) {
      const { types } = place.guard as { types: RegExp };
      const isNoticed = errors.some((error) => types.test(error));
      tell({ recipe, place }, isNoticed, `types ${types}`, errors);
    }
  }
}

/** What tests notice: of a recipe, files and tests that have nothing to do with each other share a round. */
function leaveOutForTests(): void {
  const omissions = omissionsBy((guard) => 'test' in guard);
  for (const round of rounds(omissions, areClose)) {
    tree.follow(recipes, placesOf(round));
    const guards = round.map(({ place }) => place.guard as TestGuard);
    const failures = tree.failures([...new Set(guards.map(({ test }) => test))]);
    for (const [index, omission] of round.entries()) {
      const { test, name, says } = guards[index];
      const isNoticed = failures.some(
        (failure) =>
          failure.file === test && failure.test.includes(name) && failure.message.includes(says),
      );
      const found = failures.filter(({ file }) => file === test);
      const told = found.map((failure) => `${failure.test}: ${failure.message.slice(0, 200)}`);
      tell(omission, isNoticed, `${test} > ${name}`, told);
    }
  }
}

/** Whether one omission would hide another, or be noticed by what the other fails. */
function areClose({ place: one }: Omission, { place: other }: Omission): boolean {
  if (keyOf(one) === keyOf(other)) return false;
  return (
    one.isAlone === true ||
    other.isAlone === true ||
    one.file === other.file ||
    (one.group !== undefined && one.group === other.group) ||
    nameOf(one) === nameOf(other)
  );
}

function nameOf({ guard }: Place): string {
  return 'test' in guard ? `${guard.test} ${guard.name}` : '';
}

function placesOf(round: readonly Omission[]): Place[] {
  return round.map(({ place }) => place);
}

function omissionsBy(fits: (guard: Guard) => boolean): Omission[] {
  return recipes.flatMap((recipe) =>
    recipe.places.filter(({ guard }) => fits(guard)).map((place) => ({ recipe, place })),
  );
}

/** Divides omissions into as few rounds as it takes to keep those apart that must not meet. */
function rounds(
  omissions: readonly Omission[],
  areClose: (one: Omission, other: Omission) => boolean,
): Omission[][] {
  const made: Omission[][] = [];
  for (const omission of omissions) {
    const round = made.find((each) => !each.some((other) => areClose(omission, other)));
    if (round === undefined) made.push([omission]);
    else round.push(omission);
  }
  return made;
}

function tell(
  { recipe, place: { file, what } }: Omission,
  isNoticed: boolean,
  by: string,
  found: readonly string[],
): void {
  const omission = `${recipe.title} without ${file}${what === undefined ? '' : ` (${what})`}`;
  if (isNoticed) process.stdout.write(`ok: ${omission}: ${by}\n`);
  else fail(`${omission} is not noticed by ${by}; found ${found.slice(0, 3).join('\n')}`);
}
