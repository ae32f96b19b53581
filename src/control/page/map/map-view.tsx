export function MapView() {
  return <div>map</div>;
}
