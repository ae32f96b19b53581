/** Paints centers and stores, and what is wrong there. */
import type { DcNow, StoreNow } from '../lib/live-types.ts';
import type { Palette } from './palette.ts';
import { type Node, type Scene, sizeFactor, storeRadius } from './scene.ts';

type Context = CanvasRenderingContext2D;

const FULL_TURN = 2 * Math.PI;
const TOP = -Math.PI / 2;
/** Faint lines from each center to its stores. */
export function paintLanes(context: Context, scene: Scene, palette: Palette): void {
  context.strokeStyle = palette.lane;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (const store of scene.stores.values()) {
    const dc = scene.dcs.get(store.dcId);
    if (dc === undefined || !dc.visible || !store.visible) continue;
    context.moveTo(dc.x, dc.y);
    context.lineTo(store.x, store.y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

export function paintStores(
  context: Context,
  scene: Scene,
  rows: readonly StoreNow[],
  palette: Palette,
  k: number,
): void {
  const factor = sizeFactor(k);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const node of scene.stores.values()) {
    if (!node.visible) continue;
    const now = byId.get(node.id);
    if (now === undefined) {
      paintUnknown(context, node, palette, factor);
      continue;
    }
    const { occupancy, open, stockouts } = now;
    node.radius = open ? storeRadius(occupancy, factor) : storeRadius(0, factor);
    if (open) paintOpen(context, node, palette);
    else paintShut(context, node, palette);
    if (stockouts > 0) paintStockout(context, node, palette, factor);
  }
}

function paintOpen(context: Context, { x, y, radius }: Node, palette: Palette): void {
  context.fillStyle = palette.store;
  context.globalAlpha = 0.16;
  disc(context, x, y, radius * 1.55);
  context.globalAlpha = 0.92;
  disc(context, x, y, radius);
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.strokeStyle = palette.sea;
  context.stroke();
}

/** A store in an unknown state is drawn neither open nor closed: as a small dot. */
function paintUnknown(context: Context, node: Node, palette: Palette, factor: number): void {
  node.radius = storeRadius(0, factor);
  context.fillStyle = palette['store-shut'];
  disc(context, node.x, node.y, node.radius * 0.6);
}

function paintShut(context: Context, { x, y, radius }: Node, palette: Palette): void {
  context.fillStyle = palette.land;
  disc(context, x, y, radius);
  context.strokeStyle = palette['store-shut'];
  context.lineWidth = 1.4;
  context.stroke();
}

/** A ring with a gap, which differs from a disruption's pulse by its form too. */
function paintStockout(context: Context, node: Node, palette: Palette, factor: number): void {
  context.strokeStyle = palette.alarm;
  context.lineWidth = 1.8 * factor;
  context.beginPath();
  context.arc(node.x, node.y, node.radius + 2.4 * factor, TOP + 0.5, TOP + FULL_TURN - 0.5);
  context.stroke();
}

export function paintDcs(
  context: Context,
  scene: Scene,
  rows: readonly DcNow[],
  palette: Palette,
): void {
  const capacities = new Map(rows.map(({ id, capacityPercent }) => [id, capacityPercent]));
  for (const node of scene.dcs.values()) {
    if (!node.visible) continue;
    const { x, y, radius } = node;
    const capacity = Math.max(0, Math.min(100, capacities.get(node.id) ?? 100)) / 100;
    context.fillStyle = palette.sea;
    box(context, x, y, radius);
    context.fill();
    // Filled in proportion to its capacity.
    context.save();
    context.clip();
    context.fillStyle = capacity < 1 ? palette.trouble : palette.dc;
    context.fillRect(x - radius, y + radius - 2 * radius * capacity, 2 * radius, 2 * radius);
    context.restore();
    context.strokeStyle = palette.dc;
    context.lineWidth = 1.6;
    box(context, x, y, radius);
    context.stroke();
  }
}

/** A glow that pulses; `phase` is 0–1 and constant for users who prefer reduced motion. */
export function paintTroubleGlow(
  context: Context,
  x: number,
  y: number,
  radius: number,
  palette: Palette,
  phase: number,
): void {
  const swell = 0.5 - 0.5 * Math.cos(phase * FULL_TURN);
  const reach = radius * (1.5 + 0.2 * swell);
  const glow = context.createRadialGradient(x, y, radius * 0.4, x, y, reach);
  glow.addColorStop(0, palette.trouble);
  glow.addColorStop(1, 'transparent');
  context.fillStyle = glow;
  context.globalAlpha = 0.34 + 0.2 * swell;
  disc(context, x, y, reach);
  context.globalAlpha = 1;
}

/** The dashed ring around it, above everything. */
export function paintTroubleRing(
  context: Context,
  x: number,
  y: number,
  radius: number,
  palette: Palette,
  phase: number,
): void {
  context.strokeStyle = palette.trouble;
  context.lineWidth = 2;
  context.setLineDash([6, 4]);
  context.lineDashOffset = phase * 20;
  context.beginPath();
  context.arc(x, y, radius, 0, FULL_TURN);
  context.stroke();
  context.setLineDash([]);
}

/** The area of bad weather over a region. */
export function paintWeather(
  context: Context,
  dc: Node,
  scene: Scene,
  palette: Palette,
  phase: number,
): void {
  let reach = dc.radius * 4;
  for (const store of scene.stores.values()) {
    if (store.dcId !== dc.id || !store.visible) continue;
    reach = Math.max(reach, Math.hypot(store.x - dc.x, store.y - dc.y) + 16);
  }
  const shade = context.createRadialGradient(dc.x, dc.y, reach * 0.3, dc.x, dc.y, reach);
  shade.addColorStop(0, palette.trouble);
  shade.addColorStop(1, 'transparent');
  context.globalAlpha = 0.13 + 0.05 * Math.sin(phase * FULL_TURN);
  context.fillStyle = shade;
  disc(context, dc.x, dc.y, reach);
  context.globalAlpha = 1;
}

export interface Pulse {
  readonly kind: 'store' | 'dc';
  readonly id: number;
  readonly startedAtMs: number;
}

export const PULSE_MS = 1400;

/** A ring that grows and fades where a product has just run out. */
export function paintPulses(
  context: Context,
  scene: Scene,
  pulses: readonly Pulse[],
  palette: Palette,
  nowMs: number,
): void {
  context.strokeStyle = palette.alarm;
  for (const { kind, id, startedAtMs } of pulses) {
    const node = scene.node(kind, id);
    const share = (nowMs - startedAtMs) / PULSE_MS;
    if (node === undefined || !node.visible || share < 0 || share > 1) continue;
    context.globalAlpha = 1 - share;
    context.lineWidth = 2.5 * (1 - share) + 0.5;
    context.beginPath();
    context.arc(node.x, node.y, node.radius + 4 + 26 * Math.sqrt(share), 0, FULL_TURN);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Marks what is selected or pointed at. */
export function paintMark(
  context: Context,
  x: number,
  y: number,
  radius: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, radius + 6, 0, FULL_TURN);
  context.stroke();
}

function disc(context: Context, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, FULL_TURN);
  context.fill();
}

function box(context: Context, x: number, y: number, radius: number): void {
  context.beginPath();
  context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, radius * 0.36);
}
