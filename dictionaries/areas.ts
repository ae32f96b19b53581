/** Every area in which places lie. */
import type { Area } from './area.ts';
import { MIDWEST } from './areas-midwest.ts';
import { NORTHEAST } from './areas-northeast.ts';
import { SOUTH } from './areas-south.ts';
import { SOUTHWEST } from './areas-southwest.ts';
import { WEST } from './areas-west.ts';

export const AREAS: readonly Area[] = [...MIDWEST, ...NORTHEAST, ...SOUTH, ...SOUTHWEST, ...WEST];
