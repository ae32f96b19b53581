export function HistoricalTab() {
  return (
    <div class="page">
      <h1>HistoricalTab</h1>
    </div>
  );
}
