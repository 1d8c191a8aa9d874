import type { HttpDeps } from './deps.ts';

/** Whether the workspace knows this visitor: listed, met before, or somebody who wrote. The one just arriving is not stored yet. */
export async function isKnownVisitor(
  { live, history, chats }: Pick<HttpDeps, 'live' | 'history' | 'chats'>,
  q: { readonly workspace: string; readonly visitor: string },
): Promise<boolean> {
  const listed = await live.detail({ workspace: q.workspace, id: q.visitor, hidden: ['ip'] });
  if (listed?.visitor === q.visitor) return true;
  if ((await history.lastMet({ workspace: q.workspace, visitors: [q.visitor] })).length > 0) return true;
  return (await chats.conversationsOf({ ...q, limit: 1 })).length > 0;
}
