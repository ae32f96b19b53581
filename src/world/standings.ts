/** How products stand within their departments. */
import type { Products } from './world.ts';

/** Returns the standing of each product by popularity: 0 for the first of its department, towards 1 for the last. */
export function standings({
  count,
  department,
  popularity,
}: Pick<Products, 'count' | 'department' | 'popularity'>): Float64Array {
  const byDepartment = new Map<number, number[]>();
  for (let index = 0; index < count; index++) {
    const members = byDepartment.get(department[index]) ?? [];
    members.push(index);
    byDepartment.set(department[index], members);
  }
  const standing = new Float64Array(count);
  for (const members of byDepartment.values()) {
    members.sort((a, b) => popularity[b] - popularity[a] || a - b);
    for (const [rank, index] of members.entries()) standing[index] = rank / members.length;
  }
  return standing;
}
