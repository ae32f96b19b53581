/** Names beside places: centers always, stores when there is room. */
import type { Palette } from './palette.ts';
import type { Node, Scene } from './scene.ts';

type Context = CanvasRenderingContext2D;

const DC_FONT = '600 12px Inter, system-ui, sans-serif';
const STORE_FONT = '500 11px Inter, system-ui, sans-serif';
/** From this zoom on stores have names. */
const STORES_FROM_ZOOM = 7;
const LINE_HEIGHT = 15;
/** A region that takes up less is a cluster: its name stands below the whole of it. */
const CLUSTER_PX = 190;
/** What the ring of a disruption takes up. */
const RING_PX = 34;

export interface Labels {
  readonly context: Context;
  readonly scene: Scene;
  readonly palette: Palette;
  readonly k: number;
  readonly width: number;
  /** Named in any case. */
  readonly marked: Node | undefined;
  /** What is wrong at a place: written with its name. */
  readonly notes: ReadonlyMap<Node, string>;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function paintLabels(labels: Labels): void {
  const { context, scene, palette, k, marked } = labels;
  // Names keep clear of each other and of the places themselves.
  const taken = scene.nodes.filter(({ visible }) => visible).map(boxOf);
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = palette.sea;
  if (marked !== undefined) paint(labels, marked, taken, true);
  const inTrouble = (dc: Node) => (labels.notes.has(dc) ? 0 : 1);
  const dcs = [...scene.dcs.values()].sort((a, b) => inTrouble(a) - inTrouble(b));
  for (const dc of dcs) if (dc !== marked) paint(labels, dc, taken, false);
  if (k < STORES_FROM_ZOOM) return;
  for (const store of scene.stores.values()) {
    if (store !== marked) paint(labels, store, taken, false);
  }
}

function paint(labels: Labels, node: Node, taken: Box[], always: boolean): void {
  if (!node.visible) return;
  const { context, palette, notes } = labels;
  context.font = node.kind === 'dc' ? DC_FONT : STORE_FONT;
  const note = notes.has(node) ? `  ${notes.get(node)}` : '';
  const noteWidth = note === '' ? 0 : context.measureText(note).width;
  for (const name of [node.label, node.brief]) {
    const nameWidth = context.measureText(name).width;
    const boxes = boxesFor(labels, node, nameWidth + noteWidth);
    const free = boxes.find((box) => !taken.some((other) => overlap(box, other)));
    const box = free ?? (always ? boxes.at(0) : undefined);
    if (box === undefined) continue;
    taken.push(box);
    write(context, name, box, palette.label);
    if (note !== '') write(context, note, { ...box, left: box.left + nameWidth }, palette.trouble);
    return;
  }
}

function write(context: Context, text: string, { left, top }: Box, colour: string): void {
  const y = top + LINE_HEIGHT / 2;
  context.strokeText(text, left, y);
  context.fillStyle = colour;
  context.fillText(text, left, y);
}

function boxesFor(labels: Labels, node: Node, width: number): Box[] {
  return places(labels, node, width).map(({ x, y }) => ({
    left: x,
    top: y - LINE_HEIGHT / 2,
    right: x + width,
    bottom: y + LINE_HEIGHT / 2,
  }));
}

/** Where a label of a width may stand, the best first: left edge and middle. */
function places({ scene, notes, width: room }: Labels, node: Node, width: number) {
  const kept = (x: number) => Math.min(room - width - 6, Math.max(6, x));
  if (node.kind === 'dc') {
    const { left, right, top, bottom } = scene.extentOf(node.id);
    const x = kept((left + right - width) / 2);
    if (right - left < CLUSTER_PX && bottom - top < CLUSTER_PX) {
      return [
        { x, y: bottom + LINE_HEIGHT },
        { x, y: top - LINE_HEIGHT },
        { x: right + 6, y: (top + bottom) / 2 },
        { x: left - 6 - width, y: (top + bottom) / 2 },
      ].filter((at) => at.x > 0 && at.x + width < room);
    }
  }
  if (node.kind === 'dc') {
    const rise = Math.max(node.radius * 1.8, notes.has(node) ? RING_PX : 0) + LINE_HEIGHT * 0.8;
    const x = kept(node.x - width / 2);
    return [
      { x, y: node.y - rise },
      { x, y: node.y + rise },
    ];
  }
  const gap = node.radius * 1.7 + 6;
  const [right, left] = [node.x + gap, node.x - gap - width];
  const beside = right + width < room ? [right, left] : [left, right];
  return beside.map((x) => ({ x, y: node.y }));
}

function boxOf({ x, y, radius }: Node): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
