/** The frame around every tab: the tabs, the clock of the world, the state of the connection. */
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ConfigTab } from './config/config-tab.tsx';
import { DashboardTab } from './dashboard/dashboard-tab.tsx';
import { HistoricalTab } from './history/historical-tab.tsx';
import { addressOf } from './lib/address.ts';
import { link } from './lib/live.ts';
import { TABS, type TabId, tab } from './lib/router.ts';
import { MasterTab } from './master/master-tab.tsx';
import { RealtimeTab } from './stream/realtime-tab.tsx';
import { ClockStrip } from './ui/clock-strip.tsx';
import { Icon } from './ui/icon.tsx';
import { Note } from './ui/parts.tsx';
import { ThemeButton } from './ui/theme-button.tsx';
import { Toasts } from './ui/toasts.tsx';
import { TokenDialog } from './ui/token-dialog.tsx';

const LINK_WORDS = {
  connecting: ['warn busy', 'Connecting'],
  connected: ['good', 'Connected'],
  lost: ['bad busy', 'Connection lost'],
} as const;

export function Shell() {
  const [tone, text] = LINK_WORDS[link.value];
  const title = TABS.find(({ id }) => id === tab.value)?.label;
  useEffect(() => {
    document.title = `${title} · Retail world`;
  }, [title]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={focusMain}>
        Skip to the content
      </button>
      <div class="rail">
        <div class="rail-inner">
          <div class="brand">
            <img src={addressOf('/favicon.svg')} width={28} height={28} alt="" />
            Retail world
          </div>
          <nav class="tabs" aria-label="Tabs">
            <ul>
              {TABS.map(({ id, label, icon, ...rest }) => (
                <li key={id}>
                  <a
                    href={`#/${id}`}
                    aria-label={label}
                    aria-current={id === tab.value ? 'page' : undefined}
                  >
                    <Icon name={icon} />
                    <span class="long">{label}</span>
                    <span class="brief" aria-hidden="true">
                      {'brief' in rest ? rest.brief : label}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div class="rail-foot">
            <div class="link-state" role="status">
              <span class={`dot ${tone}`} />
              {text}
            </div>
            <ThemeButton />
            <a href={addressOf('/docs')}>API reference</a>
          </div>
        </div>
      </div>
      <div class="main">
        <ClockStrip />
        {link.value === 'lost' && (
          <div class="lost" role="alert">
            <span class="dot warn busy" />
            The server does not answer. Trying again; what you see may be out of date.
          </div>
        )}
        <main id="main" tabIndex={-1}>
          <Tab id={tab.value} />
        </main>
      </div>
      <Toasts />
      <TokenDialog />
    </div>
  );
}

function focusMain(): void {
  document.getElementById('main')?.focus();
}

/** One case for each tab: the type checker misses none. */
function Tab({ id }: { id: TabId }): JSX.Element {
  switch (id) {
    case 'dashboard':
      return <DashboardTab />;
    case 'map':
      return <MapTab />;
    case 'master':
      return <MasterTab />;
    case 'historical':
      return <HistoricalTab />;
    case 'realtime':
      return <RealtimeTab />;
    case 'config':
      return <ConfigTab />;
  }
}

/** The map and its libraries are loaded when the map is first opened. */
function MapTab() {
  const [View, setView] = useState<ComponentType>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    import('./map/map-view.tsx').then(
      ({ MapView }) => setView(() => MapView),
      () => setFailed(true),
    );
  }, []);
  if (failed) {
    return (
      <div class="page">
        <Note tone="warn">
          The map could not be fetched; perhaps the program is a newer one now.
        </Note>
        <div class="row">
          <button type="button" class="button main-action" onClick={() => location.reload()}>
            Load the page again
          </button>
        </div>
      </div>
    );
  }
  return View === undefined ? <p class="starting">Drawing the map …</p> : <View />;
}
