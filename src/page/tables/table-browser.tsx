/** Shows the tables: a list of them, and some rows of the selected one. */
import { useState } from 'preact/hooks';
import type { TableList, TablePreview, TableSummary } from '../lib/api-types.ts';
import { whole, words } from '../../domain/format.ts';
import { counts } from '../lib/live.ts';
import { useFollow } from '../lib/use-follow.ts';
import { useResource } from '../lib/use-resource.ts';
import { DataTable } from '../ui/data-table.tsx';
import { Field, Note } from '../ui/parts.tsx';
import { Pager } from './pager.tsx';
import { PAGE_ROWS } from './pages.ts';

/** Types of columns with numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['int', 'money', 'real']);

export function TableBrowser({ kind }: { kind: 'master' | 'facts' }) {
  const list = useResource<TableList>(`/api/${kind}/tables`);
  const [name, setName] = useState<string>();
  // The counts tell when there is new data.
  useFollow(counts.value, list.reload);
  const filled = list.data?.tables.filter((table) => (list.data?.rows[table] ?? 0) > 0) ?? [];
  if (filled.length === 0) return null;
  const shown = name ?? filled[0];
  return (
    <section class="card" aria-labelledby={`${kind}-tables`}>
      <header>
        <h2 id={`${kind}-tables`}>Browse the tables</h2>
        <span class="soft">{filled.length} tables</span>
      </header>
      <div class="browser">
        <ul class="table-names">
          {filled.map((table) => (
            <li key={table}>
              <button type="button" aria-pressed={table === shown} onClick={() => setName(table)}>
                <span>{words(table)}</span>
                <span class="numbers">{whole(list.data?.rows[table] ?? 0)}</span>
              </button>
            </li>
          ))}
        </ul>
        <TableView key={shown} kind={kind} name={shown} />
      </div>
    </section>
  );
}

function TableView({ kind, name }: { kind: 'master' | 'facts'; name: string }) {
  const [offset, setOffset] = useState(0);
  const [order, setOrder] = useState('');
  const [day, setDay] = useState('');
  const summary = useResource<TableSummary>(`/api/${kind}/${name}/summary`);
  const query = new URLSearchParams({
    ...{ limit: `${PAGE_ROWS}`, offset: `${offset}` },
    // Exactly as in the files: 0.00 and not 0.
    values: 'text',
  });
  if (order !== '') query.set('order', order);
  const folder = day === '' ? '' : `/${day}`;
  const preview = useResource<TablePreview>(`/api/${kind}/${name}${folder}?${query}`);
  useFollow(counts.value, () => {
    summary.reload();
    preview.reload();
  });
  const rows = preview.data?.preview_rows ?? [];
  const columns = summary.data?.column_details ?? [];
  const numeric = new Set(columns.filter(({ type }) => NUMBERS.has(type)).map((each) => each.name));
  const canOrder = kind === 'master' || day !== '';
  return (
    <div class="stack">
      <div class="row">
        {kind === 'facts' && (
          <Field label="Day">
            {(ids) => (
              <select
                {...ids}
                value={day}
                onChange={(event) => {
                  setDay(event.currentTarget.value);
                  setOffset(0);
                  setOrder('');
                }}
              >
                <option value="">the newest rows</option>
                {summary.data?.days?.toReversed().map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        {canOrder && (
          <Field label="Order">
            {(ids) => (
              <select
                {...ids}
                value={order}
                onChange={(event) => {
                  setOrder(event.currentTarget.value);
                  setOffset(0);
                }}
              >
                <option value="">as in the file</option>
                {columns.flatMap(({ name: column }) => [
                  <option key={column} value={column}>{`${column}, rising`}</option>,
                  <option key={`-${column}`} value={`-${column}`}>{`${column}, falling`}</option>,
                ])}
              </select>
            )}
          </Field>
        )}
      </div>
      {preview.error !== undefined && <Note tone="bad">{preview.error}</Note>}
      {rows.length > 0 && (
        <DataTable rows={rows} numeric={numeric} label={`Rows of ${words(name)}`} />
      )}
      {preview.data !== undefined && rows.length === 0 && <p class="soft">No rows here.</p>}
      <Pager
        offset={offset}
        shown={rows.length}
        rows={preview.data?.row_count ?? undefined}
        isSorted={order !== '' && order.replace('-', '') !== 'EventTS'}
        day={preview.data?.date_partition ?? null}
        onTurn={setOffset}
      />
      {columns.length > 0 && (
        <details>
          <summary>What the columns mean</summary>
          <dl class="columns">
            {columns.map(({ name: column, type, about }) => (
              <div key={column}>
                <dt>
                  <code>{column}</code> <span class="soft">{type}</span>
                </dt>
                <dd>{about}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
