/** Posts JSON and gives the answer, parsed. Throws with what the server says if it refuses. */
export async function postJson<Answer = unknown>(url: string, body: unknown = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Answer;
}
