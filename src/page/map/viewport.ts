/** From longitude and latitude to pixels: the projection and the zoom. */
import { type GeoProjection, geoAlbersUsa } from 'd3-geo';
import { nation } from './atlas.ts';

export interface Zoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A smaller zoom than this shows the whole country instead. */
const COUNTRY_BELOW = 1.5;

export class Viewport {
  readonly projection: GeoProjection = geoAlbersUsa();
  zoom: Zoom = { k: 1, x: 0, y: 0 };
  width = 1;
  height = 1;
  /** The areas under panels; the map is centred in the remaining area. */
  insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

  /** @returns the zoom that shows the same places around the same middle, at the same size */
  resize(width: number, height: number, insets: Insets): Zoom {
    const { zoom, projection } = this;
    const [middle, scale, [left, top]] = [this.middle, projection.scale(), projection.translate()];
    this.width = width;
    this.height = height;
    this.insets = insets;
    this.projection.fitExtent(
      [
        [insets.left, insets.top],
        [
          Math.max(insets.left + 50, width - insets.right),
          Math.max(insets.top + 50, height - insets.bottom),
        ],
      ],
      nation,
    );
    const [newLeft, newTop] = projection.translate();
    const grown = projection.scale() / scale;
    const k = zoom.k / grown;
    const flatX = newLeft + ((middle.x - zoom.x) / zoom.k - left) * grown;
    const flatY = newTop + ((middle.y - zoom.y) / zoom.k - top) * grown;
    return { k, x: this.middle.x - k * flatX, y: this.middle.y - k * flatY };
  }

  /** The middle of the area that no panel covers. */
  get middle(): { x: number; y: number } {
    const { insets, width, height } = this;
    return {
      x: (insets.left + width - insets.right) / 2,
      y: (insets.top + height - insets.bottom) / 2,
    };
  }

  /** Pixels at zoom 1; null for what the map does not show. */
  flat(lon: number, lat: number): [number, number] | null {
    return this.projection([lon, lat]);
  }

  /** Pixels at the current zoom. */
  onScreen(lon: number, lat: number): [number, number] | null {
    const at = this.flat(lon, lat);
    const { k, x, y } = this.zoom;
    return at === null ? null : [at[0] * k + x, at[1] * k + y];
  }

  /** The zoom that shows all of some places. */
  around(places: readonly { lon: number; lat: number }[], largest: number): Zoom {
    const flat = places.map(({ lon, lat }) => this.flat(lon, lat)).filter((at) => at !== null);
    if (flat.length === 0) return { k: 1, x: 0, y: 0 };
    const xs = flat.map(([x]) => x);
    const ys = flat.map(([, y]) => y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const { insets, width, height } = this;
    const roomX = width - insets.left - insets.right;
    const roomY = height - insets.top - insets.bottom;
    const margin = 0.64;
    const k = Math.max(
      1,
      Math.min(
        largest,
        (margin * roomX) / Math.max(1, right - left),
        (margin * roomY) / Math.max(1, bottom - top),
      ),
    );
    // The whole country, if that is nearly the same.
    if (k < COUNTRY_BELOW) return { k: 1, x: 0, y: 0 };
    return {
      k,
      x: insets.left + roomX / 2 - (k * (left + right)) / 2,
      y: insets.top + roomY / 2 - (k * (top + bottom)) / 2,
    };
  }
}
