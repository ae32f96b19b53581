/** The live map: the picture, what it means, and what can be done with it. */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { live, network } from '../lib/live.ts';
import type { Network } from '../lib/live-types.ts';
import type { Target } from '../lib/places.ts';
import { playback } from '../lib/playback.ts';
import { still, theme } from '../lib/theme.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Empty } from '../ui/parts.tsx';
import { Camera, REGION_ZOOM } from './camera.ts';
import { Detail } from './detail.tsx';
import { Legend } from './legend.tsx';
import { MapCanvas } from './map-canvas.ts';
import { Places } from './places-list.tsx';
import { Ticker } from './ticker.tsx';
import { tipOf } from './tip.ts';
import { Vitals } from './vitals.tsx';

const INSETS = { top: 64, right: 70, bottom: 30, left: 30 };
const INSETS_SMALL = { top: 56, right: 14, bottom: 20, left: 14 };
const SMALL_WIDTH = 620;
const PAN_PX = 70;
const TOUR_STOP_MS = 9000;

const chosen = signal<Target | null>(null);

export function MapView() {
  const world = network.value;
  if (world !== null && world.world === null) {
    return (
      <div class="page">
        <header>
          <h1>Live map</h1>
        </header>
        <Empty title="There is no world to show yet">
          <p>
            Make the stores, customers and products first, under <a href="#/master">Master data</a>.
            Then write some <a href="#/historical">history</a> and start the{' '}
            <a href="#/realtime">stream</a>: this map comes alive with it.
          </p>
        </Empty>
      </div>
    );
  }
  return <Map_ />;
}

function Map_() {
  const frame = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const top = useRef<HTMLCanvasElement>(null);
  const parts = useRef<{ map: MapCanvas; camera: Camera }>(undefined);
  const [tip, setTip] = useState<{ text: string; x: number; y: number } | null>(null);
  const [touring, setTouring] = useState(false);
  const [listed, setListed] = useState(false);
  const [region, setRegion] = useState<number | null | undefined>(null);

  useEffect(() => {
    const element = frame.current!;
    const map = new MapCanvas(base.current!, top.current!, playback);
    const camera = new Camera({
      canvas: top.current!,
      view: map.view,
      onMove: (zoom) => map.moveTo(zoom),
      onGesture: () => {
        setTouring(false);
        setRegion(undefined);
      },
    });
    parts.current = { map, camera };
    let placed = false;
    const fit = () => {
      const { clientWidth, clientHeight } = element;
      const insets = clientWidth < SMALL_WIDTH ? INSETS_SMALL : INSETS;
      map.resize(clientWidth, clientHeight, insets);
      camera.limit(clientWidth, clientHeight);
      camera.flyTo(wholeOf(map, network.value), 0);
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const unsubscribe = [
      network.subscribe((world) => {
        map.setNetwork(world);
        if (placed) camera.flyTo(wholeOf(map, world));
        placed = true;
      }),
      live.subscribe((state) => state !== null && map.setState(state)),
      theme.subscribe(() => map.recolour()),
      still.subscribe((value) => {
        map.still = value;
        camera.still = value;
      }),
      chosen.subscribe((target) => {
        map.chosen = target;
      }),
    ];
    map.start();
    // Read by the test that measures frames.
    Object.assign(element, { map });
    return () => {
      map.stop();
      observer.disconnect();
      for (const end of unsubscribe) end();
    };
  }, []);

  const flyToRegion = (id: number | null) => {
    const { map, camera } = parts.current!;
    setRegion(id);
    camera.flyTo(id === null ? wholeOf(map, network.value) : regionOf(map, network.value, id));
  };
  const choose = (target: Target | null, show: boolean) => {
    chosen.value = target;
    const { map, camera } = parts.current!;
    if (target === null || !show || target.kind === 'truck') return;
    const node = map.scene?.node(target.kind, target.id);
    if (node === undefined) return;
    setRegion(undefined);
    camera.show(node, 8);
  };

  useEffect(() => {
    if (!touring) return;
    const stops = [null, ...(network.value?.dcs.map(({ id }) => id) ?? [])];
    let at = 0;
    const next = () => {
      at = (at + 1) % stops.length;
      flyToRegion(stops[at]);
    };
    next();
    const timer = setInterval(next, TOUR_STOP_MS);
    return () => clearInterval(timer);
  }, [touring]);

  const point = (event: PointerEvent) => {
    const { map } = parts.current!;
    const { offsetX: x, offsetY: y } = event;
    map.pointed = event.pointerType === 'touch' ? null : map.at(x, y);
    top.current!.style.cursor = map.pointed === null ? 'grab' : 'pointer';
    const text = map.pointed === null ? null : tipOf(map.pointed);
    setTip(text === null ? null : { text, x, y });
  };
  const press = (event: KeyboardEvent) => {
    const act = keys(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const keys = (key: string): (() => void) | undefined => {
    const { map, camera } = parts.current!;
    switch (key) {
      case 'ArrowLeft':
        return () => camera.panBy(PAN_PX, 0);
      case 'ArrowRight':
        return () => camera.panBy(-PAN_PX, 0);
      case 'ArrowUp':
        return () => camera.panBy(0, PAN_PX);
      case 'ArrowDown':
        return () => camera.panBy(0, -PAN_PX);
      case '+':
      case '=':
        return () => camera.zoomBy(1);
      case '-':
        return () => camera.zoomBy(-1);
      case '0':
        return () => flyToRegion(null);
      case 'n':
        return () => choose(next(map, chosen.value, 1), true);
      case 'p':
        return () => choose(next(map, chosen.value, -1), true);
      case 'Escape':
        return () => choose(null, false);
    }
  };

  return (
    <div class="map-page">
      <h1 class="out-of-sight">Live map</h1>
      <div class="map-frame" ref={frame}>
        <canvas class="map-base" ref={base} />
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: keys move the map as on any map */}
        <canvas
          class="map-top"
          ref={top}
          tabIndex={0}
          role="application"
          aria-label="Map of the network. Arrow keys move it, plus and minus zoom, 0 shows all, N and P step through the places, Escape lets go. The list beside the map holds the same."
          onPointerMove={point}
          onPointerLeave={() => {
            parts.current!.map.pointed = null;
            setTip(null);
          }}
          onClick={({ offsetX, offsetY }) => choose(parts.current!.map.at(offsetX, offsetY), false)}
          onKeyDown={press}
        />
        {tip !== null && (
          <div class="map-tip" style={{ left: `${tip.x}px`, top: `${tip.y}px` }}>
            {tip.text}
          </div>
        )}
        <nav class="map-regions" aria-label="Regions">
          <button type="button" aria-pressed={region === null} onClick={() => flyToRegion(null)}>
            All
          </button>
          {network.value?.dcs.map(({ id, name, state }) => (
            <button
              type="button"
              key={id}
              aria-pressed={region === id}
              onClick={() => {
                setTouring(false);
                flyToRegion(id);
              }}
            >
              {name} <span>{state}</span>
            </button>
          ))}
        </nav>
        <div class="map-tools">
          <Tool icon="plus" label="Zoom in" onClick={() => parts.current!.camera.zoomBy(1)} />
          <Tool icon="minus" label="Zoom out" onClick={() => parts.current!.camera.zoomBy(-1)} />
          <Tool icon="whole" label="Show all" onClick={() => flyToRegion(null)} />
          <Tool
            icon="tour"
            label="Tour: visit one region after the other"
            pressed={touring}
            onClick={() => setTouring(!touring)}
          />
          <Tool
            icon="list"
            label="List of places and trucks"
            pressed={listed}
            onClick={() => setListed(!listed)}
          />
        </div>
      </div>
      <Legend />
      <aside class="map-side" aria-label="Beside the map">
        {chosen.value !== null ? (
          <Detail target={chosen.value} onChoose={(target) => choose(target, target !== null)} />
        ) : (
          <Vitals />
        )}
        {listed ? (
          <Places chosen={chosen.value} onChoose={(target) => choose(target, true)} />
        ) : (
          <Ticker onChoose={(target) => choose(target, true)} />
        )}
      </aside>
    </div>
  );
}

function Tool({
  icon,
  label,
  pressed,
  onClick,
}: {
  icon: IconName;
  label: string;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <button type="button" title={label} aria-label={label} aria-pressed={pressed} onClick={onClick}>
      <Icon name={icon} size={18} />
    </button>
  );
}

function wholeOf(map: MapCanvas, world: Network | null) {
  return map.view.around([...(world?.dcs ?? []), ...(world?.stores ?? [])], REGION_ZOOM);
}

function regionOf(map: MapCanvas, world: Network | null, dcId: number) {
  const dc = world?.dcs.find(({ id }) => id === dcId);
  const stores = world?.stores.filter((store) => store.dcId === dcId) ?? [];
  return map.view.around(dc === undefined ? stores : [dc, ...stores], REGION_ZOOM);
}

/** The place after the chosen one, or before it. */
function next(map: MapCanvas, from: Target | null, step: number): Target | null {
  const nodes = map.scene?.nodes ?? [];
  if (nodes.length === 0) return null;
  const at = nodes.findIndex(({ kind, id }) => kind === from?.kind && id === from.id);
  const index = at < 0 ? (step > 0 ? 0 : nodes.length - 1) : at + step;
  const { kind, id } = nodes[(index + nodes.length) % nodes.length];
  return { kind, id };
}
