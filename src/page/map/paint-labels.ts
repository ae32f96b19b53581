/** Names beside places: centers always, stores if there is room. */
import { LINE_HEIGHT, type Label, type LabelRequest, placeLabels } from './label-places.ts';
import type { Palette } from './palette.ts';

type Context = CanvasRenderingContext2D;

const FONTS = {
  dc: '600 12px Inter, system-ui, sans-serif',
  store: '500 11px Inter, system-ui, sans-serif',
};

export interface Labels extends Omit<LabelRequest, 'measure'> {
  readonly context: Context;
  readonly palette: Palette;
}

/** @returns the labels written, and where */
export function paintLabels(labels: Labels): readonly Label[] {
  const { context, palette } = labels;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = palette.sea;
  const placed = placeLabels({
    ...labels,
    measure: (text, kind) => {
      context.font = FONTS[kind];
      return context.measureText(text).width;
    },
  });
  for (const { node, name, note, box, noteLeft } of placed) {
    context.font = FONTS[node.kind];
    const y = box.top + LINE_HEIGHT / 2;
    write(context, name, box.left, y, palette.label);
    if (note !== '') write(context, note, noteLeft, y, palette.trouble);
  }
  return placed;
}

function write(context: Context, text: string, x: number, y: number, colour: string): void {
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
