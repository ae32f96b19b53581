/** Paints trucks: driving with a fading trail, or standing at a dock. */
import type { TruckNow } from '../lib/live-types.ts';
import { isBrokenDown } from '../lib/trucks.ts';
import type { Palette } from './palette.ts';
import { type Curve, pointAt } from './route.ts';
import { type MovingTruck, type Node, placeOn, sizeFactor } from './scene.ts';

type Context = CanvasRenderingContext2D;

const TRAIL_PARTS = 7;
const TRAIL_SHARE = 0.34;
const TRUCK_LENGTH = 5.6;
const TRUCK_WIDTH = 3.6;

/** The position of each truck at a simulated instant, or at its own. One that broke down stays where it is. */
export function moveTrucks(trucks: readonly MovingTruck[], simulatedMs: number): void {
  for (const truck of trucks) {
    if (truck.leg === null) continue;
    const { departedMs, arrivesMs } = truck.leg;
    const share = ((truck.atMs ?? simulatedMs) - departedMs) / Math.max(1, arrivesMs - departedMs);
    Object.assign(truck, placeOn(truck.curve, Math.min(1, Math.max(0, share))));
  }
}

export function paintTrails(
  context: Context,
  trucks: readonly MovingTruck[],
  palette: Palette,
): void {
  context.lineWidth = 1.8;
  context.lineCap = 'round';
  for (let part = 0; part < TRAIL_PARTS; part++) {
    // One path for all trucks, because strokes are slow.
    context.globalAlpha = 0.6 * ((part + 1) / TRAIL_PARTS) ** 1.6;
    context.strokeStyle = palette.truck;
    context.beginPath();
    for (const { curve, share, leg } of trucks) {
      if (leg === null) continue;
      const from = Math.max(0, share - TRAIL_SHARE * (1 - part / TRAIL_PARTS));
      const to = Math.max(0, share - TRAIL_SHARE * (1 - (part + 1) / TRAIL_PARTS));
      if (to <= from) continue;
      const a = pointAt(curve, from);
      const b = pointAt(curve, to);
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

export function paintWay(context: Context, curve: Curve, palette: Palette): void {
  context.strokeStyle = palette.truck;
  context.globalAlpha = 0.8;
  context.lineWidth = 1.4;
  context.setLineDash([2, 5]);
  context.beginPath();
  context.moveTo(curve.fromX, curve.fromY);
  context.quadraticCurveTo(curve.bendX, curve.bendY, curve.toX, curve.toY);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * An arrowhead in the direction of travel: full when loaded, an outline when empty, red when late, and in the
 * colour of disruptions with a bar across when it broke down.
 */
export function paintTrucks(
  context: Context,
  trucks: readonly MovingTruck[],
  palette: Palette,
  k: number,
): void {
  const factor = 0.95 * sizeFactor(k);
  for (const { x, y, heading, now } of trucks) {
    const colour = colourOf(now, palette);
    context.save();
    context.translate(x, y);
    context.rotate(heading);
    context.scale(factor, factor);
    context.beginPath();
    context.moveTo(TRUCK_LENGTH, 0);
    context.lineTo(-TRUCK_LENGTH * 0.75, TRUCK_WIDTH);
    context.lineTo(-TRUCK_LENGTH * 0.35, 0);
    context.lineTo(-TRUCK_LENGTH * 0.75, -TRUCK_WIDTH);
    context.closePath();
    context.lineJoin = 'round';
    context.lineWidth = 3;
    context.strokeStyle = palette.sea;
    context.stroke();
    context.fillStyle = now.units > 0 ? colour : palette.land;
    context.fill();
    context.lineWidth = 1.1;
    context.strokeStyle = colour;
    context.stroke();
    if (isBrokenDown(now)) {
      context.lineWidth = 1.8;
      context.beginPath();
      context.moveTo(TRUCK_LENGTH + 3, -TRUCK_WIDTH);
      context.lineTo(TRUCK_LENGTH + 3, TRUCK_WIDTH);
      context.stroke();
    }
    context.restore();
  }
}

function colourOf(truck: TruckNow, palette: Palette): string {
  if (isBrokenDown(truck)) return palette.trouble;
  return truck.status === 'DELAYED' ? palette.alarm : palette.truck;
}

/** Small marks below a place: trucks that load, unload or wait there. */
export function paintDocked(
  context: Context,
  node: Node,
  there: readonly TruckNow[],
  palette: Palette,
): void {
  const [size, gap] = [3.4, 1.8];
  const perLine = 6;
  const shown = there.slice(0, 2 * perLine);
  for (const [index, truck] of shown.entries()) {
    const line = Math.floor(index / perLine);
    const inLine = Math.min(perLine, shown.length - line * perLine);
    const left = node.x - (inLine * (size + gap) - gap) / 2;
    const x = left + (index % perLine) * (size + gap);
    const y = node.y + node.radius + 4 + line * (size + gap);
    context.fillStyle = colourOf(truck, palette);
    context.fillRect(x, y, size, size);
  }
}
