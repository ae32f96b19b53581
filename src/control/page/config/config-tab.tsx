export function ConfigTab() {
  return (
    <div class="page">
      <h1>ConfigTab</h1>
    </div>
  );
}
