/** The recipes of CONTRIBUTING.md, short of following them: `npm run recipes` does that. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { edited } from './recipe.ts';
import { recipeTable } from './recipe-table.ts';
import { RECIPES } from './recipes.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe.each(RECIPES.map((recipe) => [recipe.title, recipe] as const))('%s', (title, recipe) => {
  it('is described in CONTRIBUTING.md, place by place', () => {
    const [, section = ''] = read('CONTRIBUTING.md').split(`\n## ${title}\n`);
    expect(section.split('\n## ')[0]).toContain(`\n${recipeTable(recipe)}`);
  });

  it('fits the project as it is', () => {
    const texts = new Map<string, string>();
    for (const place of recipe.places) {
      const { file, command } = place;
      if (command !== undefined) continue;
      const isNew = place.edits?.some((edit) => 'create' in edit) ?? false;
      expect(existsSync(path.join(root, file)), file).toBe(!isNew);
      texts.set(file, edited(texts.get(file) ?? (isNew ? '' : read(file)), place));
    }
    expect(texts.size).toBeGreaterThan(1);
  });

  it('has guards that exist', () => {
    for (const { guard } of recipe.places) {
      if ('test' in guard) expect(existsSync(path.join(root, guard.test)), guard.test).toBe(true);
    }
  });
});
