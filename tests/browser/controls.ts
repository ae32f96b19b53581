/** What can be pressed on a page, and whether it can. */

export const FINGER_PX = 44;

/**
 * Runs in the page: every control with its size, and what lies on top of it once it is scrolled to. A link
 * within a sentence is as high as its line.
 */
export const CONTROLS = `(async () => {
  const found = [];
  for (const element of document.querySelectorAll('button, a[href], input, select, summary')) {
    const target = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : element;
    if (!target.checkVisibility({ visibilityProperty: true }) || target.matches('.skip')) continue;
    const inText = target.matches('a, .as-link') && getComputedStyle(target).display.startsWith('inline') && !target.matches('.button');
    target.scrollIntoView({ block: 'center', inline: 'nearest' });
    const { x, y, width, height } = target.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
    const isOnTop = top !== null && (target.contains(top) || top.contains(target));
    found.push({
      name: target.tagName.toLowerCase() + ' ' + (target.getAttribute('aria-label') ?? target.innerText ?? target.id).trim().slice(0, 40),
      least: inText ? ${FINGER_PX} : Math.round(Math.min(width, height)),
      isOff: x < 0 || x + width > innerWidth + 1,
      coveredBy: isOnTop ? '' : (top?.outerHTML ?? 'nothing').slice(0, 120),
      isCut: target.matches('button, a, summary') && target.scrollWidth > target.clientWidth + 1 && target.clientWidth > 0,
      canSlide: target.closest('.map-regions, .table-frame') !== null,
    });
  }
  return found;
})()`;

export interface Control {
  readonly name: string;
  readonly least: number;
  readonly isOff: boolean;
  readonly coveredBy: string;
  /** Whether its text is wider than itself. */
  readonly isCut: boolean;
  readonly canSlide: boolean;
}

/** Runs in the page: texts that are cut off, where nothing can be scrolled to see the rest. */
export const CUT_TEXTS = `(() => {
  const cut = [];
  for (const element of document.querySelectorAll('main *, .rail *, .strip *')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.matches('.out-of-sight, canvas, svg *')) continue;
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!hasText || element.closest('.out-of-sight') !== null) continue;
    if (['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1) {
      cut.push(element.innerText.slice(0, 60));
      continue;
    }
    if (element.closest('.table-frame, .map-regions') !== null) continue;
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > innerWidth + 1)) cut.push(element.innerText.slice(0, 60));
  }
  return cut;
})()`;

/** Runs in the page: figures and words of the same list that lie over each other. */
export const OVERLAPS = `(() => {
  const over = [];
  for (const list of document.querySelectorAll('.stats, .facts, .strip, .card > header, .row, .fields, .vitals dl, .tabs ul, .map-legend ul')) {
    const boxes = [...list.children]
      .filter((each) => each.checkVisibility() && !each.matches('.out-of-sight'))
      .map((each) => [each.innerText.slice(0, 30), each.getBoundingClientRect()]);
    for (const [at, [name, a]] of boxes.entries()) {
      for (const [other, b] of boxes.slice(at + 1)) {
        const [x, y] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        if (x > 1 && y > 1) over.push(name + ' / ' + other);
      }
    }
  }
  return over;
})()`;
