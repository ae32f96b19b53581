/** Zoom and pan by wheel, touch and keys; flights to a region; the tour. */
import { select } from 'd3-selection';
import 'd3-transition';
import { type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import type { Viewport, Zoom } from './viewport.ts';

const FLIGHT_MS = 1100;
const STEP_MS = 160;
const LEAST_ZOOM = 0.8;
const MOST_ZOOM = 80;
const ZOOM_STEP = 1.6;
export const REGION_ZOOM = 22;

export interface CameraOptions {
  readonly canvas: HTMLCanvasElement;
  readonly view: Viewport;
  readonly onMove: (zoom: Zoom) => void;
  /** Called when a person moves the map, not for a flight. */
  readonly onGesture: () => void;
}

export class Camera {
  still = false;
  private readonly options: CameraOptions;
  private readonly behaviour = zoom<HTMLCanvasElement, unknown>();

  constructor(options: CameraOptions) {
    this.options = options;
    this.behaviour.scaleExtent([LEAST_ZOOM, MOST_ZOOM]).on('zoom', (event) => {
      const { k, x, y } = event.transform as ZoomTransform;
      options.onMove({ k, x, y });
      if (event.sourceEvent !== null) options.onGesture();
    });
    select(options.canvas).call(this.behaviour).on('dblclick.zoom', null);
  }

  /** Called after a change of size, so that the map can't be moved out of view. */
  limit(width: number, height: number): void {
    this.behaviour
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [-width * 0.6, -height * 0.6],
        [width * 1.6, height * 1.6],
      ]);
  }

  /** Flies there, or jumps there for users who prefer reduced motion. */
  flyTo({ k, x, y }: Zoom, durationMs = FLIGHT_MS): void {
    const target = zoomIdentity.translate(x, y).scale(k);
    const selection = select(this.options.canvas);
    selection.interrupt();
    if (this.still || durationMs === 0) this.behaviour.transform(selection, target);
    else this.behaviour.transform(selection.transition().duration(durationMs), target);
  }

  /** Moves a point of the map to the middle, with at least this zoom. */
  show(place: { lon: number; lat: number }, least: number): void {
    const { view } = this.options;
    const flat = view.flat(place.lon, place.lat);
    if (flat === null) return;
    const k = Math.max(least, view.zoom.k);
    const { x, y } = view.middle;
    this.flyTo({ k, x: x - k * flat[0], y: y - k * flat[1] });
  }

  zoomBy(steps: number): void {
    const { k, x, y } = this.options.view.zoom;
    const { width, height } = this.options.view;
    const next = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, k * ZOOM_STEP ** steps));
    const ratio = next / k;
    this.flyTo(
      {
        k: next,
        x: width / 2 - ratio * (width / 2 - x),
        y: height / 2 - ratio * (height / 2 - y),
      },
      STEP_MS * 1.5,
    );
  }

  panBy(dx: number, dy: number): void {
    const { k, x, y } = this.options.view.zoom;
    this.flyTo({ k, x: x + dx, y: y + dy }, STEP_MS);
  }
}
