/** Turns the pages of a table: to the next, to an end, or to a number. */
import { useEffect, useState } from 'preact/hooks';
import { whole } from '../../domain/format.ts';
import { PAGE_ROWS, pageOf, pagesOf } from './pages.ts';

export function Pager({
  offset,
  shown,
  rows,
  isSorted,
  day,
  onTurn,
}: {
  offset: number;
  /** Rows of this page. */
  shown: number;
  /** Rows of the whole table; undefined if unknown. */
  rows: number | undefined;
  isSorted: boolean;
  day: string | null;
  onTurn: (offset: number) => void;
}) {
  const pages = pagesOf(rows, isSorted);
  const page = offset / PAGE_ROWS + 1;
  const isLast = page >= pages || shown < PAGE_ROWS;
  const turn = (to: number) => onTurn((to - 1) * PAGE_ROWS);
  return (
    <nav class="row pager" aria-label="Pages">
      {!(page === 1 && isLast) && (
        <>
          <Turn label="First" off={page === 1} onTurn={() => turn(1)} />
          <Turn label="Back" off={page === 1} onTurn={() => turn(page - 1)} />
          <PageNumber page={page} pages={pages} known={rows !== undefined} onTurn={turn} />
          <Turn label="On" off={isLast} onTurn={() => turn(page + 1)} />
          {rows !== undefined && <Turn label="Last" off={isLast} onTurn={() => turn(pages)} />}
        </>
      )}
      {shown > 0 && (
        <span class="soft">
          Rows {whole(offset + 1)}–{whole(offset + shown)}
          {rows !== undefined && ` of ${whole(rows)}`}
          {day !== null && ` of ${day}`}
          {rows !== undefined && rows > pages * PAGE_ROWS && (
            <>; the first {whole(pages * PAGE_ROWS)} can be seen here</>
          )}
        </span>
      )}
    </nav>
  );
}

/** It keeps the focus at the last page: with `disabled` it would lose it. */
function Turn({ label, off, onTurn }: { label: string; off: boolean; onTurn: () => void }) {
  return (
    <button
      type="button"
      class="button small"
      aria-disabled={off}
      onClick={() => {
        if (!off) onTurn();
      }}
    >
      {label}
    </button>
  );
}

function PageNumber({
  page,
  pages,
  known,
  onTurn,
}: {
  page: number;
  pages: number;
  known: boolean;
  onTurn: (page: number) => void;
}) {
  const [text, setText] = useState(String(page));
  useEffect(() => setText(String(page)), [page]);
  const wanted = pageOf(text, pages);
  return (
    <form
      class="page-number"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== undefined) onTurn(wanted);
      }}
    >
      <label>
        <span>Page</span>
        <input
          inputMode="numeric"
          autocomplete="off"
          enterkeyhint="go"
          aria-invalid={wanted === undefined}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          // Leaving the field applies the number in it.
          onChange={() => wanted !== undefined && onTurn(wanted)}
        />
        {known && <span>of {whole(pages)}</span>}
      </label>
    </form>
  );
}
