/** The static background: land, borders, night. Drawn only when it has changed. */
import { geoPath } from 'd3-geo';
import { borders, nation } from './atlas.ts';
import { belowSun, darkness } from './night.ts';
import type { Palette } from './palette.ts';
import type { Viewport } from './viewport.ts';

/** The night is soft: it is computed for a grid of this many pixels and interpolated. */
const GRID_PX = 24;
/** How far the sun moves before the night is drawn again. */
const SUN_STEP_DEGREES = 0.5;

export class BaseLayer {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly land = document.createElement('canvas');
  private readonly mask = document.createElement('canvas');
  private readonly small = document.createElement('canvas');
  private readonly shade = document.createElement('canvas');
  private nationPath = new Path2D();
  private borderPath = new Path2D();
  private landIsDrawn = false;
  private sunLon: number | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false })!;
  }

  /** Called after a change of size: paths have another scale. */
  reshape(view: Viewport, density: number): void {
    const [width, height] = [Math.round(view.width * density), Math.round(view.height * density)];
    for (const each of [this.canvas, this.land, this.mask, this.shade]) {
      each.width = width;
      each.height = height;
    }
    this.small.width = Math.ceil(view.width / GRID_PX) + 1;
    this.small.height = Math.ceil(view.height / GRID_PX) + 1;
    const path = geoPath(view.projection);
    this.nationPath = new Path2D(path(nation) ?? '');
    this.borderPath = new Path2D(path(borders) ?? '');
    this.landIsDrawn = false;
  }

  /** Called after zooming or a change of colours. */
  moved(): void {
    this.landIsDrawn = false;
  }

  /** Draws what has changed since the last call. */
  draw(view: Viewport, palette: Palette, density: number, simulatedMs: number | null): void {
    const sun = simulatedMs === null ? undefined : belowSun(simulatedMs);
    const isOld = sun !== undefined && this.isOld(sun[0]);
    if (this.landIsDrawn && !isOld) return;
    if (!this.landIsDrawn) this.drawLand(view, palette, density);
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.land, 0, 0);
    if (sun === undefined) return;
    this.sunLon = sun[0];
    this.drawNight(view, palette, sun, density);
    context.drawImage(this.shade, 0, 0, canvas.width, canvas.height);
  }

  private isOld(lon: number): boolean {
    return this.sunLon === undefined || Math.abs(this.sunLon - lon) > SUN_STEP_DEGREES;
  }

  private drawLand(view: Viewport, palette: Palette, density: number): void {
    const { k, x, y } = view.zoom;
    const context = this.land.getContext('2d', { alpha: false })!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = palette.sea;
    context.fillRect(0, 0, this.land.width, this.land.height);
    context.setTransform(density * k, 0, 0, density * k, density * x, density * y);
    context.fillStyle = palette.land;
    context.fill(this.nationPath);
    context.lineJoin = 'round';
    context.strokeStyle = palette.border;
    context.lineWidth = 1 / k;
    context.stroke(this.borderPath);
    context.lineWidth = 1.4 / k;
    context.stroke(this.nationPath);
    const mask = this.mask.getContext('2d')!;
    mask.setTransform(1, 0, 0, 1, 0, 0);
    mask.clearRect(0, 0, this.mask.width, this.mask.height);
    mask.setTransform(density * k, 0, 0, density * k, density * x, density * y);
    mask.fill(this.nationPath);
    this.landIsDrawn = true;
  }

  /** Only over land: the sea is not darkened. */
  private drawNight(
    view: Viewport,
    palette: Palette,
    sun: [number, number],
    density: number,
  ): void {
    const { width, height } = this.small;
    const small = this.small.getContext('2d')!;
    const { k, x, y } = view.zoom;
    const image = small.createImageData(width, height);
    const [red, green, blue] = rgb(palette.night);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const flat: [number, number] = [
          ((column + 0.5) * GRID_PX - x) / k,
          ((row + 0.5) * GRID_PX - y) / k,
        ];
        const place = view.projection.invert?.(flat);
        const at = 4 * (row * width + column);
        image.data[at] = red;
        image.data[at + 1] = green;
        image.data[at + 2] = blue;
        if (!place) continue;
        image.data[at + 3] = 255 * palette.nightStrength * darkness(place[0], place[1], sun);
      }
    }
    small.putImageData(image, 0, 0);
    const shade = this.shade.getContext('2d')!;
    shade.globalCompositeOperation = 'copy';
    shade.imageSmoothingQuality = 'high';
    const scale = GRID_PX * density;
    shade.drawImage(this.small, 0, 0, width * scale, height * scale);
    shade.globalCompositeOperation = 'destination-in';
    shade.drawImage(this.mask, 0, 0);
  }
}

/** Splits `#02050a` into three numbers. */
function rgb(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
