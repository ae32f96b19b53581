export function MasterTab() {
  return (
    <div class="page">
      <h1>MasterTab</h1>
    </div>
  );
}
