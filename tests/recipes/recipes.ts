/** All recipes, in the order of CONTRIBUTING.md. */
import { ACTOR } from './actor.ts';
import { COLUMN } from './column.ts';
import { EFFECT } from './effect.ts';
import { FACT } from './fact.ts';
import type { Recipe } from './recipe.ts';
import { ROUTE } from './route.ts';
import { SINK } from './sink.ts';
import { TAB } from './tab.ts';

export const RECIPES: readonly Recipe[] = [FACT, COLUMN, EFFECT, ACTOR, SINK, ROUTE, TAB];
