/** Dark or light: the system's choice until the user makes one. */
import { signal } from '@preact/signals';

export type Theme = 'dark' | 'light';

export const theme = signal<Theme>(
  document.documentElement.dataset.theme === 'light' ? 'light' : 'dark',
);

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem('theme', chosen);
  show(chosen);
}

function show(shown: Theme): void {
  document.documentElement.dataset.theme = shown;
  theme.value = shown;
}

matchMedia('(prefers-color-scheme: light)').addEventListener('change', ({ matches }) => {
  if (localStorage.getItem('theme') === null) show(matches ? 'light' : 'dark');
});

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
/** Whether the user prefers reduced motion. */
export const still = signal(stillness.matches);
stillness.addEventListener('change', ({ matches }) => {
  still.value = matches;
});

/** The value of a colour or number in the style sheet. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
