export function DashboardTab() {
  return (
    <div class="page">
      <h1>DashboardTab</h1>
    </div>
  );
}
