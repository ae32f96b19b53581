/** The tab that is shown: the part of the address after `#/`. */
import { signal } from '@preact/signals';

export const TABS = [
  { id: 'dashboard', label: 'Dashboard', icon: 'dashboard' },
  { id: 'map', label: 'Live map', icon: 'map' },
  { id: 'master', label: 'Master data', icon: 'master', brief: 'Master' },
  { id: 'historical', label: 'Historical', icon: 'history' },
  { id: 'realtime', label: 'Real-time', icon: 'stream' },
  { id: 'config', label: 'Config', icon: 'config' },
] as const;

export type TabId = (typeof TABS)[number]['id'];

export const tab = signal<TabId>(fromAddress());

function fromAddress(): TabId {
  const name = location.hash.replace(/^#\/?/, '');
  return TABS.find(({ id }) => id === name)?.id ?? 'dashboard';
}

addEventListener('hashchange', () => {
  tab.value = fromAddress();
  scrollTo(0, 0);
});
