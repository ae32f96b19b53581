/** Positions of names: clear of each other, of the places and of what covers the map. */
import type { Node, Scene } from './scene.ts';

export const LINE_HEIGHT = 15;
/** From this zoom on, stores have names. */
const STORES_FROM_ZOOM = 7;
/** A smaller region is a cluster: its name is below the whole region. */
const CLUSTER_PX = 190;
/** The room of a disruption's ring. */
const RING_PX = 34;
const EDGE_PX = 6;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface LabelRequest {
  readonly scene: Scene;
  readonly k: number;
  readonly width: number;
  readonly height: number;
  /** Always labelled. */
  readonly marked: Node | undefined;
  /** What is wrong at a place: shown with its name, which is then always labelled. */
  readonly notes: ReadonlyMap<Node, string>;
  /** The areas that buttons cover. */
  readonly covered: readonly Box[];
  /** Width of a text beside a place of a kind. */
  readonly measure: (text: string, kind: Node['kind']) => number;
}

export interface Label {
  readonly node: Node;
  readonly name: string;
  readonly note: string;
  readonly box: Box;
  /** Where the note begins. */
  readonly noteLeft: number;
}

/** Returns the labels that have room, the most important first. */
export function placeLabels(request: LabelRequest): Label[] {
  const { scene, k, marked, notes } = request;
  const places = scene.nodes.filter(({ visible }) => visible).map(boxOf);
  const taken = [...request.covered];
  const inTrouble = (dc: Node) => (notes.has(dc) ? 0 : 1);
  const dcs = [...scene.dcs.values()].sort((a, b) => inTrouble(a) - inTrouble(b));
  const stores = k < STORES_FROM_ZOOM ? [] : [...scene.stores.values()];
  const rest = [...dcs, ...stores].filter((node) => node !== marked);
  const labels: Label[] = [];
  for (const node of marked === undefined ? rest : [marked, ...rest]) {
    const label = labelOf(request, node, places, taken);
    if (label === undefined) continue;
    labels.push(label);
    taken.push(label.box);
  }
  return labels;
}

function labelOf(
  request: LabelRequest,
  node: Node,
  places: readonly Box[],
  taken: readonly Box[],
): Label | undefined {
  // A name at the edge would label something outside the map.
  if (!node.visible || !isInside(request, boxOf(node))) return undefined;
  const { marked, notes, measure } = request;
  const note = notes.has(node) ? `  ${notes.get(node)}` : '';
  const noteWidth = note === '' ? 0 : measure(note, node.kind);
  const candidates = [node.label, node.brief].flatMap((name) => {
    const nameWidth = measure(name, node.kind);
    const boxes = boxesFor(request, node, nameWidth + noteWidth);
    return boxes.map((box) => ({ node, name, note, box, noteLeft: box.left + nameWidth }));
  });
  const isClear = ({ box }: Label) => !taken.some((other) => overlap(box, other));
  const free = candidates.find(
    (each) => isClear(each) && !places.some((at) => overlap(each.box, at)),
  );
  if (free !== undefined || (node !== marked && note === '')) return free;
  // Better over a place than not at all.
  return candidates.find(isClear) ?? candidates.at(0);
}

/** Possible positions of a label of a given width, the best first. */
function boxesFor(request: LabelRequest, node: Node, width: number): Box[] {
  const boxes = spotsFor(request, node, width).map(({ x, y }) => ({
    left: x,
    top: y - LINE_HEIGHT / 2,
    right: x + width,
    bottom: y + LINE_HEIGHT / 2,
  }));
  return boxes.filter((box) => isWithin(request, box));
}

/** Left edge and middle of the line. */
function spotsFor(request: LabelRequest, node: Node, width: number): { x: number; y: number }[] {
  const { scene, notes, width: room } = request;
  const kept = (x: number) => Math.min(room - width - EDGE_PX, Math.max(EDGE_PX, x));
  const beside = (left: number, right: number, y: number) => [
    { x: right, y },
    { x: left - width, y },
  ];
  if (node.kind === 'store') {
    const gap = node.radius * 1.7 + 6;
    return beside(node.x - gap, node.x + gap, node.y);
  }
  const ring = Math.max(node.radius * 1.8, notes.has(node) ? RING_PX : 0);
  const { left, right, top, bottom } = scene.extentOf(node.id);
  const isCluster = right - left < CLUSTER_PX && bottom - top < CLUSTER_PX;
  const rise = ring + LINE_HEIGHT * 0.8;
  const x = kept(node.x - width / 2);
  const around = [
    { x, y: node.y - rise },
    { x, y: node.y + rise },
    ...beside(node.x - ring - 6, node.x + ring + 6, node.y),
  ];
  if (!isCluster) return around;
  const middle = kept((left + right - width) / 2);
  return [
    { x: middle, y: bottom + LINE_HEIGHT },
    { x: middle, y: top - LINE_HEIGHT },
    ...beside(left - 6, right + 6, (top + bottom) / 2),
    ...around,
  ];
}

function boxOf({ x, y, radius }: Node): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/** Whether part of it is visible. */
function isInside({ width, height }: LabelRequest, { left, top, right, bottom }: Box): boolean {
  return right > 0 && left < width && bottom > 0 && top < height;
}

/** Whether all of it is visible. */
function isWithin({ width, height }: LabelRequest, { left, top, right, bottom }: Box): boolean {
  return left >= 0 && right <= width && top >= 0 && bottom <= height;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
