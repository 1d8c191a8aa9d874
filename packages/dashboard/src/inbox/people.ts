import type { Author, ChatColleague, ChatTeam, Conversation, InboxEntry, Message, Row } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { chatAgentsQuery, chatTeamsQuery } from '../api/chat-queries.ts';
import { useColleagues } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { visitorName } from '../words/names.ts';

/** Names of everybody who may stand in a transcript. */
export interface People {
  readonly self: string;
  readonly agents: readonly ChatColleague[];
  readonly teams: readonly ChatTeam[];
  /** Full name of an agent; "A colleague" for whoever is gone. */
  readonly agent: (id: string) => string;
  /** "You", or the first name. */
  readonly short: (id: string) => string;
  readonly team: (id: string) => string;
}

export function usePeople(): People {
  const me = useMe();
  const { data: agents = [] } = useQuery(chatAgentsQuery);
  const { data: teams = [] } = useQuery(chatTeamsQuery);
  const online = useColleagues();
  return useMemo(() => {
    const names = new Map(agents.map(({ id, name }) => [id, name]));
    const agent = (id: string): string => names.get(id) ?? online.get(id)?.name ?? (id === me.user.id ? me.user.name : t.inbox.someone);
    return {
      self: me.user.id,
      agents,
      teams,
      agent,
      short: (id) => (id === me.user.id ? t.inbox.you : firstName(agent(id))),
      team: (id) => teams.find((team) => team.id === id)?.name ?? t.inbox.aTeam,
    };
  }, [agents, teams, online, me]);
}

/** A number instead of a name: `Visitor 12`. */
export const isNumbered = (name: string): boolean => name === t.words.visitor || /^\S+ \d+$/.test(name);
export const firstName = (name: string): string => (isNumbered(name) ? name : (name.trim().split(/\s+/)[0] ?? name));

/** Who the visitor is, in the order of what is known best: said or signed name, the visit's, the number. */
export function nameOf(conversation: Pick<Conversation, 'contact'>, visit?: Pick<Row, 'name' | 'n'>, n = 0): string {
  const said = conversation.contact.name || visit?.name || '';
  const named = visitorName({ name: said, n: visit?.n || n });
  if (said !== '' || !conversation.contact.email) return named;
  return conversation.contact.email;
}
export const entryName = (entry: InboxEntry, visit?: Pick<Row, 'name' | 'n'>): string => nameOf(entry.conversation, visit, entry.n ?? 0);

/** Who said it, as the transcript names them. */
export function authorName(from: Author, visitor: string, people: People): string {
  if (from.kind === 'visitor') return visitor;
  return from.kind === 'agent' ? people.short(from.id) : t.inbox.ai;
}

/** The last message in one line. */
export function lastWords({ body, gone }: Message): { readonly text: string; readonly icon: 'image' | 'file' | 'form' | null } {
  if (gone === 'deleted') return { text: t.inbox.last.deleted, icon: null };
  switch (body.kind) {
    case 'attachment': {
      const [first] = body.files;
      const icon = first?.type.startsWith('image/') ? 'image' : 'file';
      return {
        text: body.text || (body.files.length > 1 ? t.inbox.last.files(body.files.length) : (first?.name ?? t.inbox.last.file)),
        icon,
      };
    }
    case 'choice':
      return { text: t.inbox.last.chose(body.label), icon: null };
    case 'submission':
      return { text: t.inbox.last.submitted, icon: 'form' };
    case 'rating':
      return { text: t.inbox.last.rated(body.stars), icon: null };
    case 'form':
      return { text: body.text, icon: 'form' };
    case 'event':
      return { text: '', icon: null };
    default:
      return { text: body.text, icon: null };
  }
}
