/** Views that the controls of the map lead to, and the areas of the map under buttons. */
import type { Network } from '../lib/live-types.ts';
import type { Target } from '../lib/places.ts';
import { REGION_ZOOM } from './camera.ts';
import type { Box } from './label-places.ts';
import type { MapCanvas } from './map-canvas.ts';
import type { Zoom } from './viewport.ts';

/** The view of a region, or of all. */
export function viewOf(map: MapCanvas, world: Network | null, region: number | null): Zoom {
  const { dcs = [], stores = [] } = world ?? {};
  const places = [
    ...dcs.filter(({ id }) => region === null || id === region),
    ...stores.filter(({ dcId }) => region === null || dcId === region),
  ];
  return map.view.around(places, REGION_ZOOM);
}

/** The areas of the map that the buttons cover. */
export function coveredBy(frame: HTMLElement): Box[] {
  const { left: x, top: y } = frame.getBoundingClientRect();
  const buttons = frame.querySelectorAll('.map-regions button, .map-tools button');
  return [...buttons].map((button) => {
    const { left, top, right, bottom } = button.getBoundingClientRect();
    return { left: left - x, top: top - y, right: right - x, bottom: bottom - y };
  });
}

/** The place after the selected one, or before it. */
export function placeAfter(map: MapCanvas, from: Target | null, step: number): Target | null {
  const nodes = map.scene?.nodes ?? [];
  if (nodes.length === 0) return null;
  const at = nodes.findIndex(({ kind, id }) => kind === from?.kind && id === from.id);
  const index = at < 0 ? (step > 0 ? 0 : nodes.length - 1) : at + step;
  const { kind, id } = nodes[(index + nodes.length) % nodes.length];
  return { kind, id };
}
