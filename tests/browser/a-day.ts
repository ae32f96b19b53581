/** A world with a day of history, and its tabs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { postJson } from '../helpers/post-json.ts';

export const TABS = ['dashboard', 'map', 'master', 'historical', 'realtime', 'config'];

/** Waits until a tab shows what it has fetched. */
export async function settled(page: Page, tab: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  const sign: Record<string, string> = {
    dashboard: '.bars li',
    map: '.vitals',
    master: '.table-frame',
    historical: '.table-frame',
    realtime: 'button.main-action',
    config: '.fields input',
  };
  await page.locator(sign[tab]).first().waitFor();
}

/** History up to the end of its first day, or of a later one, through the API. */
export async function makeDay(url: string, end = '2024-01-02'): Promise<void> {
  const { operation_id: id } = await postJson<{ operation_id: string }>(
    `${url}/api/generate/historical`,
    { end_date: end },
  );
  for (;;) {
    const task = (await (await fetch(`${url}/api/tasks/${id}/status`)).json()) as {
      status: string;
    };
    if (task.status === 'completed') return;
    if (task.status !== 'running') throw new Error(`The history is ${task.status}.`);
    await sleep(100);
  }
}
