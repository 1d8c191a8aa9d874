import type { InboxEntry } from '@foyer/protocol';
import { queryOptions } from '@tanstack/react-query';
import { chatApi } from '../api/chat-api.ts';

/** Conversations of a person as history knows them: a visitor's, those of an address without a browser, or one that stands for itself. */
export const talksQuery = (person: string, isVisitor: boolean) =>
  queryOptions({
    queryKey: ['conversations', 'of-person', person, isVisitor],
    queryFn: async (): Promise<readonly InboxEntry[]> => {
      if (isVisitor) return (await chatApi.conversations({ visitor: person })).entries;
      if (!person.startsWith('@')) return [await chatApi.conversation(person)];
      const email = person.slice(1);
      const { entries } = await chatApi.conversations({ text: email.slice(0, 200) });
      return entries.filter(({ conversation: c }) => c.visitor === '' && c.contact.email.toLowerCase() === email);
    },
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });
