/** Rows of a table as in the files. */

export type Row = Readonly<Record<string, unknown>>;

/** The columns of the first row, numbers aligned right. */
export function DataTable({
  rows,
  label,
  numeric,
}: {
  rows: readonly Row[];
  label: string;
  /** Columns with numbers. */
  numeric: ReadonlySet<string>;
}) {
  const columns = Object.keys(rows[0] ?? {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section class="table-frame" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" class={numeric.has(column) ? 'number' : ''}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${index}-${String(row[columns[0]])}`}>
              {columns.map((column) => (
                <td key={column} class={numeric.has(column) ? 'number' : ''}>
                  {cell(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
