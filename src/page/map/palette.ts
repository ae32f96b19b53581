/** Colours of the map from the style sheet; read again when the theme changes. */
import { token } from '../lib/theme.ts';

const NAMES = [
  'sea',
  'land',
  'border',
  'night',
  'lane',
  'label',
  'store',
  'store-shut',
  'dc',
  'truck',
  'alarm',
  'trouble',
] as const;

export type Palette = Readonly<Record<(typeof NAMES)[number], string>> & {
  readonly nightStrength: number;
};

export function readPalette(): Palette {
  const colours = Object.fromEntries(NAMES.map((name) => [name, token(`map-${name}`)]));
  return { ...colours, nightStrength: Number(token('map-night-strength')) } as Palette;
}
