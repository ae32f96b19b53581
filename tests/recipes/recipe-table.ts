/** The places of a recipe as CONTRIBUTING.md lists them. */
import type { Guard, Place, Recipe } from './recipe.ts';

export function recipeTable({ places }: Recipe): string {
  return ['| place | when it is forgotten |', '|---|---|', ...places.map(lineOf), ''].join('\n');
}

function lineOf({ file, what, command, guard }: Place): string {
  const by = command === undefined ? '' : `, by \`npm run ${command[0]}\``;
  return `| \`${file}\`${what === undefined ? '' : ` (${what})`}${by} | ${guardText(guard)} |`;
}

function guardText(guard: Guard): string {
  return 'types' in guard ? 'types' : `\`${guard.test}\`: ${guard.name}`;
}
