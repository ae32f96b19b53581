export function RealtimeTab() {
  return (
    <div class="page">
      <h1>RealtimeTab</h1>
    </div>
  );
}
