/** The map's picture: two canvases, redrawn each frame where something has changed. */
import { disruptionShort } from '../lib/disruption-words.ts';
import { isTimeLapse } from '../lib/instants.ts';
import type { LiveState, Network } from '../lib/live-types.ts';
import type { Target } from '../lib/places.ts';
import { BaseLayer } from './base-layer.ts';
import {
  PULSE_MS,
  type Pulse,
  paintDcs,
  paintLanes,
  paintMark,
  paintPulses,
  paintStores,
  paintTroubleGlow,
  paintTroubleRing,
  paintWeather,
} from './paint-places.ts';
import type { Box, Label } from './label-places.ts';
import { paintLabels } from './paint-labels.ts';
import { moveTrucks, paintDocked, paintTrails, paintTrucks, paintWay } from './paint-trucks.ts';
import { type Palette, readPalette } from './palette.ts';
import { type MovingTruck, type Node, Scene, docked, troubles } from './scene.ts';
import { type Insets, Viewport, type Zoom } from './viewport.ts';

const BREATH_MS = 2600;
const MOST_DENSITY = 2;
const REACH = 12;
/** From this zoom on, unloading trucks are shown at stores as well. */
const DOCKS_FROM_ZOOM = 3;
/** Smallest radius of the ring around a center with a disruption. */
const SEEN_FROM_FAR = 24;

export interface MapClock {
  /** Simulated time to show; null if there is none. */
  nowMs(atMs: number): number | null;
}

export class MapCanvas {
  readonly view = new Viewport();
  /** Number of frames drawn, to measure smoothness. */
  frames = 0;
  chosen: Target | null = null;
  pointed: Target | null = null;
  still = false;
  /** The areas that buttons cover: no name is placed there. */
  covered: readonly Box[] = [];
  labels: readonly Label[] = [];
  scene: Scene | undefined;
  private readonly clock: MapClock;
  private readonly top: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly base: BaseLayer;
  private palette: Palette = readPalette();
  private density = 1;
  private state: LiveState | undefined;
  private trucks: MovingTruck[] = [];
  private pulses: Pulse[] = [];
  private request = 0;

  constructor(base: HTMLCanvasElement, top: HTMLCanvasElement, clock: MapClock) {
    this.clock = clock;
    this.top = top;
    this.context = top.getContext('2d')!;
    this.base = new BaseLayer(base);
  }

  start(): void {
    const frame = (atMs: number) => {
      this.draw(atMs);
      this.frames++;
      this.request = requestAnimationFrame(frame);
    };
    this.request = requestAnimationFrame(frame);
  }

  stop(): void {
    cancelAnimationFrame(this.request);
  }

  /** @returns the zoom that shows the same area */
  resize(width: number, height: number, insets: Insets): Zoom {
    this.density = Math.min(MOST_DENSITY, devicePixelRatio);
    this.top.width = Math.round(width * this.density);
    this.top.height = Math.round(height * this.density);
    const kept = this.view.resize(width, height, insets);
    this.base.reshape(this.view, this.density);
    this.place();
    return kept;
  }

  recolour(): void {
    this.palette = readPalette();
    this.base.moved();
  }

  moveTo(zoom: Zoom): void {
    this.view.zoom = zoom;
    this.base.moved();
    this.place();
  }

  setNetwork(network: Network | null): void {
    this.scene = network === null ? undefined : new Scene(network);
    this.pulses = [];
    this.place();
  }

  setState(state: LiveState): void {
    const was = new Map(this.state?.stores.map(({ id, stockouts }) => [id, stockouts]));
    this.state = state;
    this.trucks = this.scene?.trucks(state, this.view) ?? [];
    if (this.still) return;
    const nowMs = performance.now();
    this.pulses = this.pulses.filter(({ startedAtMs }) => nowMs - startedAtMs < PULSE_MS);
    for (const { id, stockouts } of state.stores) {
      if (stockouts > (was.get(id) ?? stockouts))
        this.pulses.push({ kind: 'store', id, startedAtMs: nowMs });
    }
  }

  /** What is at a point: a truck before a store before a center. */
  at(x: number, y: number): Target | null {
    let best: Target | null = null;
    let nearest = REACH * REACH;
    const look = (kind: Target['kind'], id: number, atX: number, atY: number, radius: number) => {
      const squared = (atX - x) ** 2 + (atY - y) ** 2;
      const reach = Math.max(REACH, radius + 4);
      if (squared > reach * reach || squared >= nearest) return;
      nearest = squared;
      best = { kind, id };
    };
    for (const truck of this.trucks) look('truck', truck.id, truck.x, truck.y, 0);
    for (const node of this.scene?.nodes ?? []) {
      if (node.visible) look(node.kind, node.id, node.x, node.y, node.radius);
    }
    return best;
  }

  /** Where something is currently drawn. */
  positionOf({ kind, id }: Target): { x: number; y: number; radius: number } | undefined {
    if (kind !== 'truck') return this.scene?.node(kind, id);
    const truck = this.trucks.find((each) => each.id === id);
    return truck && { x: truck.x, y: truck.y, radius: 6 };
  }

  private place(): void {
    this.scene?.layOut(this.view);
    if (this.state !== undefined) this.trucks = this.scene?.trucks(this.state, this.view) ?? [];
  }

  private draw(atMs: number): void {
    const { context, density, palette, scene, state, view } = this;
    const simulatedMs = this.clock.nowMs(atMs);
    // Day and night would flicker in a time-lapse.
    const sunMs = state !== undefined && isTimeLapse(state) ? null : simulatedMs;
    this.base.draw(view, palette, density, sunMs);
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    if (scene === undefined) return;
    const { k } = view.zoom;
    const phase = this.still ? 0 : (atMs % BREATH_MS) / BREATH_MS;
    paintLanes(context, scene, palette);
    const found = state === undefined ? [] : this.troubled(state);
    for (const { x, y, radius, weather, node } of found) {
      if (weather && node !== undefined) paintWeather(context, node, scene, palette, phase);
      paintTroubleGlow(context, x, y, radius, palette, phase);
    }
    if (simulatedMs !== null) moveTrucks(this.trucks, simulatedMs);
    paintTrails(context, this.trucks, palette);
    const way = this.trucks.find(
      ({ id }) => this.chosen?.kind === 'truck' && id === this.chosen.id,
    );
    if (way !== undefined) paintWay(context, way.curve, palette);
    paintStores(context, scene, state?.stores ?? [], palette, k);
    paintTrucks(context, this.trucks, palette, k);
    paintDcs(context, scene, state?.dcs ?? [], palette);
    if (state !== undefined) {
      for (const [place, there] of docked(state)) {
        const [kind, id] = place.split(':');
        const node = scene.node(kind as 'dc', Number(id));
        if (node?.visible && (kind === 'dc' || k > DOCKS_FROM_ZOOM))
          paintDocked(context, node, there, palette);
      }
    }
    for (const { x, y, radius } of found) {
      paintTroubleRing(context, x, y, radius, palette, phase);
    }
    paintPulses(context, scene, this.pulses, palette, atMs);
    for (const target of [this.pointed, this.chosen]) {
      const at = target === null ? undefined : this.positionOf(target);
      if (at !== undefined) paintMark(context, at.x, at.y, at.radius, palette.dc);
    }
    const marked = this.pointed ?? this.chosen;
    const node = marked === null ? undefined : scene.node(marked.kind, marked.id);
    this.labels = paintLabels({
      context,
      scene,
      palette,
      k,
      width: view.width,
      height: view.height,
      covered: this.covered,
      marked: node,
      notes: notesOf(found),
    });
  }

  /** Where a disruption is shown: around a place or truck, wide enough to be seen from far. */
  private troubled(state: LiveState): Troubled[] {
    const found: Troubled[] = [];
    for (const [place, here] of troubles(state)) {
      const [kind, id] = place.split(':');
      const at = this.positionOf({ kind: kind as Target['kind'], id: Number(id) });
      if (at === undefined) continue;
      found.push({
        x: at.x,
        y: at.y,
        radius: Math.max(kind === 'dc' ? SEEN_FROM_FAR : 14, at.radius * 2.1),
        weather: here.some(({ type }) => type === 'weather_delay'),
        node: this.scene?.node(kind as 'dc', Number(id)),
        text: [
          ...new Set(
            here.map(
              ({ type, severity }) => `${disruptionShort(type)} ${Math.round(severity * 100)} %`,
            ),
          ),
        ].join(', '),
      });
    }
    return found;
  }
}

interface Troubled {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly weather: boolean;
  readonly node: Node | undefined;
  readonly text: string;
}

function notesOf(found: readonly Troubled[]): ReadonlyMap<Node, string> {
  const notes = new Map<Node, string>();
  for (const { node, text } of found) if (node !== undefined) notes.set(node, text);
  return notes;
}
