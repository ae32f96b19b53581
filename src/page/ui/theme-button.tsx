/** Switches between dark and light. */
import { chooseTheme, theme } from '../lib/theme.ts';
import { Icon } from './icon.tsx';

export function ThemeButton() {
  const other = theme.value === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="button small theme-button"
      aria-label={`Switch to ${other} colours`}
      onClick={() => chooseTheme(other)}
    >
      <Icon name={other === 'light' ? 'sun' : 'moon'} size={16} />
      <span aria-hidden="true">{other === 'light' ? 'Light' : 'Dark'}</span>
    </button>
  );
}
