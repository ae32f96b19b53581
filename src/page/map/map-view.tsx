/** The live map: the picture, its legend and its controls. */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { live, network } from '../lib/live.ts';
import type { Target } from '../lib/places.ts';
import { playback } from '../lib/playback.ts';
import { still, theme } from '../lib/theme.ts';
import { Empty } from '../ui/parts.tsx';
import { Camera } from './camera.ts';
import { Detail } from './detail.tsx';
import { Legend } from './legend.tsx';
import { MapCanvas } from './map-canvas.ts';
import { Places } from './places-list.tsx';
import { Ticker } from './ticker.tsx';
import { tipOf } from './tip.ts';
import { Tool } from './tool.tsx';
import { coveredBy, placeAfter, viewOf } from './views.ts';
import { Vitals } from './vitals.tsx';

const INSETS = { top: 64, right: 70, bottom: 30, left: 30 };
/** The buttons are on the right, on a small map too. */
const INSETS_SMALL = { top: 56, right: 64, bottom: 20, left: 14 };
const SMALL_WIDTH = 620;
const PAN_PX = 70;
const TOUR_STOP_MS = 9000;
const PLACE_ZOOM = 8;
const TRUCK_ZOOM = 4;

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
  /** The shown region, null for all; undefined if a person moved the view. */
  const [region, setRegion] = useState<number | null | undefined>(null);
  const shown = useRef(region);
  shown.current = region;
  const side = useRef<HTMLElement>(null);

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
    let sized = false;
    const fit = () => {
      const { clientWidth, clientHeight } = element;
      const insets = clientWidth < SMALL_WIDTH ? INSETS_SMALL : INSETS;
      const kept = map.resize(clientWidth, clientHeight, insets);
      map.covered = coveredBy(element);
      camera.limit(clientWidth, clientHeight);
      const isOwn = sized && shown.current === undefined;
      camera.flyTo(isOwn ? kept : viewOf(map, network.value, shown.current ?? null), 0);
      sized = true;
    };
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const unsubscribe = [
      network.subscribe((world) => {
        map.setNetwork(world);
        if (placed) {
          chosen.value = null;
          setRegion(null);
          camera.flyTo(viewOf(map, world, null));
        }
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

  const cover = () => {
    parts.current!.map.covered = coveredBy(frame.current!);
  };
  // The buttons of the regions appear with the network.
  useEffect(cover, [network.value]);

  useEffect(() => {
    if (listed) side.current?.querySelector('.places')?.scrollIntoView({ block: 'nearest' });
  }, [listed]);

  const flyToRegion = (id: number | null) => {
    const { map, camera } = parts.current!;
    setRegion(id);
    camera.flyTo(viewOf(map, network.value, id));
  };
  const move = (how: (camera: Camera) => void) => {
    setTouring(false);
    setRegion(undefined);
    how(parts.current!.camera);
  };
  const choose = (target: Target | null, show: boolean) => {
    chosen.value = target;
    const { map, camera } = parts.current!;
    if (target === null || !show) return;
    const { kind, id } = target;
    const truck = kind === 'truck' && live.value?.trucks.find((each) => each.id === id);
    const place = truck || map.scene?.node(kind, id);
    if (place === undefined) return;
    setTouring(false);
    setRegion(undefined);
    camera.show(place, truck ? TRUCK_ZOOM : PLACE_ZOOM);
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
    // With these modifiers the key is meant for the browser: to zoom the page, to open a window.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const keys = (key: string): (() => void) | undefined => {
    const { map } = parts.current!;
    switch (key) {
      case 'ArrowLeft':
        return () => move((camera) => camera.panBy(PAN_PX, 0));
      case 'ArrowRight':
        return () => move((camera) => camera.panBy(-PAN_PX, 0));
      case 'ArrowUp':
        return () => move((camera) => camera.panBy(0, PAN_PX));
      case 'ArrowDown':
        return () => move((camera) => camera.panBy(0, -PAN_PX));
      case '+':
      case '=':
        return () => move((camera) => camera.zoomBy(1));
      case '-':
        return () => move((camera) => camera.zoomBy(-1));
      case '0':
        return () => flyToRegion(null);
      case 'n':
      case 'N':
        return () => choose(placeAfter(map, chosen.value, 1), true);
      case 'p':
      case 'P':
        return () => choose(placeAfter(map, chosen.value, -1), true);
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
        <nav class="map-regions" aria-label="Regions" onScroll={cover}>
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
          <Tool icon="plus" label="Zoom in" onClick={() => move((camera) => camera.zoomBy(1))} />
          <Tool icon="minus" label="Zoom out" onClick={() => move((camera) => camera.zoomBy(-1))} />
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
      <aside class="map-side" aria-label="Beside the map" ref={side}>
        {chosen.value !== null ? (
          <Detail target={chosen.value} onChoose={(target) => choose(target, target !== null)} />
        ) : (
          <Vitals onChoose={(target) => choose(target, true)} />
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
