/** What the map shows of the country, and where names stand on it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, type LabelRequest, placeLabels } from '../../../src/page/map/label-places.ts';
import { Scene } from '../../../src/page/map/scene.ts';
import { Viewport } from '../../../src/page/map/viewport.ts';
import { NETWORK } from './a-network.ts';

const INSETS = { top: 64, right: 70, bottom: 30, left: 30 };
const CHAR_PX = 6.5;

describe('a map that changes its size', () => {
  it('shows the same places around the same middle, as large as before', () => {
    const side = fc.integer({ min: 320, max: 1600 });
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 1, max: 40 }), (w, h, w2, h2, k) => {
        const view = new Viewport();
        view.resize(w, h, INSETS);
        const [x, y] = view.flat(-86, 41)!;
        view.zoom = { k, x: view.middle.x - k * x, y: view.middle.y - k * y };
        const aside = view.onScreen(-84, 42)!;
        const off = [aside[0] - view.middle.x, aside[1] - view.middle.y];
        view.zoom = view.resize(w2, h2, INSETS);
        const [middleX, middleY] = view.onScreen(-86, 41)!;
        expect(middleX).toBeCloseTo(view.middle.x, 3);
        expect(middleY).toBeCloseTo(view.middle.y, 3);
        const [asideX, asideY] = view.onScreen(-84, 42)!;
        expect(asideX - middleX).toBeCloseTo(off[0], 3);
        expect(asideY - middleY).toBeCloseTo(off[1], 3);
      }),
      { seed: 3, numRuns: 10 },
    );
  });
});

/** Labels around the only center, which stands so far from the left edge. */
function labels(k: number, dcX: number, more: Partial<LabelRequest> = {}) {
  const [width, height] = [800, 600];
  const view = new Viewport();
  view.resize(width, height, INSETS);
  const [x, y] = view.flat(-86, 41)!;
  view.zoom = { k, x: dcX - k * x, y: height / 2 - k * y };
  const scene = new Scene(NETWORK);
  scene.layOut(view);
  const measure = (text: string) => text.length * CHAR_PX;
  const asked: LabelRequest = {
    ...{ scene, k, width, height, marked: undefined, notes: new Map(), covered: [], measure },
    ...more,
  };
  const dc = scene.dcs.get(1)!;
  return { dc, asked, placed: () => placeLabels(asked) };
}

const apart = (a: Box, b: Box) =>
  a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

describe('names on the map', () => {
  it('stand where no button is, and not on each other', () => {
    const covered = [{ left: 400, top: 0, right: 800, bottom: 600 }];
    const without = labels(8, 400).placed();
    expect(without.some(({ box }) => !apart(box, covered[0]))).toBe(true);
    const boxes = labels(8, 400, { covered })
      .placed()
      .map(({ box }) => box);
    expect(boxes.length).toBeGreaterThan(1);
    for (const [index, box] of boxes.entries()) {
      for (const other of [...covered, ...boxes.slice(0, index)])
        expect(apart(box, other)).toBe(true);
    }
  });

  it('are not those of places off the map', () => {
    const names = (dcX: number) =>
      labels(20, dcX)
        .placed()
        .map(({ node }) => node.brief);
    expect(names(400)).toContain('DC01');
    expect(names(-300)).not.toContain('DC01');
  });

  it('stay at a center in trouble, with what is wrong, however little room there is', () => {
    const { dc, asked } = labels(2, 400);
    for (const node of asked.scene.nodes) if (node !== dc) node.radius = 60;
    const notes = new Map([[dc, 'Outage 80 %']]);
    expect(placeLabels(asked)).toEqual([]);
    const [label] = placeLabels({ ...asked, notes });
    expect(label.node).toBe(dc);
    expect(label.note).toContain('Outage 80 %');
  });
});
